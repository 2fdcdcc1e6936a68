//! The exact mean, variance and standard deviation of floats, and the error of computed statistics.
//!
//! A float is an integer times a power of two, so sums of floats and of their squares are integers,
//! which are added without rounding. The variance is `(n Σx² - (Σx)²) / (n (n - ddof))`, in which
//! nothing cancels because all terms are exact. Only quotients and roots are truncated, to
//! [`Exact::DIGITS`] binary digits. Their last digit says whether any digits follow, so they round
//! as the exact value would.

use std::ops::{Add, Mul, Sub};

use num_bigint::{BigInt, BigUint, Sign};

use crate::same::Ulps;

/// `f32` or `f64`, with the parts that rounding a number needs.
pub trait Binary: Ulps + Into<f64> {
    /// The number of binary digits of the significand.
    const PRECISION: u64;
    /// The exponent of the smallest positive number, as a power of two.
    const LOWEST: i64;
    /// Every number is less than two to this power.
    const END: i64;
    /// The maximum finite number.
    const MOST: Self;
    /// The smallest positive normal number.
    const LEAST_NORMAL: Self;
    /// Infinity.
    const INFINITE: Self;
    /// `digits` times two to the power `exponent`. There are at most [`PRECISION`](Self::PRECISION)
    /// digits, and the exponent is at least `LOWEST`. Infinity past the maximum finite number.
    fn of_parts(digits: u64, exponent: i64) -> Self;
    /// The number of this type that is nearest to `x`.
    fn nearest(x: f64) -> Self;
}
macro_rules! binary {
    ($($t:ident, $bits:ident;)*) => {$(
        impl Binary for $t {
            const PRECISION: u64 = $t::MANTISSA_DIGITS as u64;
            const LOWEST: i64 = $t::MIN_EXP as i64 - $t::MANTISSA_DIGITS as i64;
            const END: i64 = $t::MAX_EXP as i64;
            const MOST: Self = $t::MAX;
            const LEAST_NORMAL: Self = $t::MIN_POSITIVE;
            const INFINITE: Self = $t::INFINITY;
            fn of_parts(digits: u64, exponent: i64) -> Self {
                if exponent > Self::END - Self::PRECISION as i64 {
                    return $t::INFINITY;
                }
                // The first digit of a normal number is not stored: it adds 1 to the exponent
                // field, which counts from 1.
                let above = ((exponent - Self::LOWEST) as $bits) << (Self::PRECISION - 1);
                $t::from_bits(above + digits as $bits)
            }
            fn nearest(x: f64) -> Self {
                x as $t
            }
        }
    )*};
}
binary! { f32, u32; f64, u64; }

/// `digits` times two to the power `exponent`.
#[derive(Clone, Debug)]
pub struct Exact {
    digits: BigInt,
    exponent: i64,
}

impl Exact {
    /// The minimum number of binary digits of a quotient or a root.
    pub const DIGITS: u64 = 256;

    /// The exact value of `x`.
    pub fn of(x: impl Into<f64>) -> Self {
        let (digits, exponent) = parts(x.into());
        Self { digits: digits.into(), exponent }
    }

    /// An integer.
    #[must_use]
    pub fn whole(n: usize) -> Self {
        Self { digits: n.into(), exponent: 0 }
    }

    /// The absolute value.
    #[must_use]
    pub fn abs(&self) -> Self {
        Self { digits: self.digits.magnitude().clone().into(), exponent: self.exponent }
    }

    /// Whether it is 0.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.digits.sign() == Sign::NoSign
    }

    /// The larger of two absolute values.
    #[must_use]
    pub fn larger(&self, other: &Self) -> Self {
        let (a, b) = (self.abs(), other.abs());
        if (&a - &b).digits.sign() == Sign::Minus { b } else { a }
    }

    /// The quotient.
    #[must_use]
    pub fn over(&self, divisor: &Self) -> Self {
        assert!(!divisor.is_zero(), "a division by 0");
        let shift = (Self::DIGITS + divisor.digits.bits()).saturating_sub(self.digits.bits());
        let dividend = &self.digits << shift;
        let quotient = &dividend / &divisor.digits;
        let rest = dividend - &quotient * &divisor.digits;
        cut(quotient, &rest, self.exponent - divisor.exponent - shift as i64)
    }

    /// The square root.
    #[must_use]
    pub fn root(&self) -> Self {
        assert!(self.digits.sign() != Sign::Minus, "a root of a negative number");
        let shift = (2 * Self::DIGITS).saturating_sub(self.digits.bits());
        let shift = shift + (self.exponent - shift as i64).rem_euclid(2) as u64;
        let square = &self.digits << shift;
        let root = square.sqrt();
        let rest = square - &root * &root;
        cut(root, &rest, (self.exponent - shift as i64) / 2)
    }

    /// The exponent of the first binary digit, but at least that of the smallest positive number of
    /// `T`.
    fn first<T: Binary>(&self) -> i64 {
        (self.exponent + self.digits.bits() as i64 - 1).max(T::LOWEST + T::PRECISION as i64 - 1)
    }

    /// The nearest number of the type, ties to even.
    #[must_use]
    pub fn round<T: Binary>(&self) -> T {
        if self.is_zero() {
            return T::ZERO;
        }
        let last = self.first::<T>() - T::PRECISION as i64 + 1;
        let digits = self.digits.magnitude();
        let (kept, rest) = if self.exponent >= last {
            (digits << (self.exponent - last), None)
        } else {
            let cut = last - self.exponent;
            let kept = digits >> cut;
            let rest = digits - (&kept << cut);
            (kept, Some(rest.cmp(&(BigUint::from(1u8) << (cut - 1)))))
        };
        let kept = u64::try_from(kept).expect("as many digits as the type has");
        let up = match rest {
            Some(std::cmp::Ordering::Greater) => true,
            Some(std::cmp::Ordering::Equal) => kept % 2 == 1,
            _ => false,
        };
        let size = T::of_parts(kept + u64::from(up), last);
        if self.digits.sign() == Sign::Minus { T::ZERO.minus(size) } else { size }
    }

    /// The error of `found` against this number, in units in the last place of this number in the
    /// type: a correctly rounded result is within half. Infinity for a NaN.
    #[must_use]
    pub fn error<T: Binary>(&self, found: T) -> f64 {
        self.error_beside(found, self)
    }

    /// The error of `found` against this number, in units in the last place of `size`.
    ///
    /// An infinity stands for the number that would follow the maximum finite number, and is
    /// correct if the exact number rounds to it.
    #[must_use]
    pub fn error_beside<T: Binary>(&self, found: T, size: &Self) -> f64 {
        let wide: f64 = found.into();
        let found = if wide.is_nan() {
            return f64::INFINITY;
        } else if wide.is_infinite() {
            if self.round::<T>().same(found) {
                return 0.0;
            }
            Self { digits: if wide > 0.0 { 1.into() } else { (-1).into() }, exponent: T::END }
        } else {
            Self::of(wide)
        };
        let apart = (&found - self).abs();
        let unit = size.first::<T>() - T::PRECISION as i64 + 1;
        Self { exponent: apart.exponent - unit, ..apart }.round()
    }
}

/// An integer and an exponent: `x` is the integer times two to the power of the exponent.
fn parts(x: f64) -> (i64, i64) {
    assert!(x.is_finite(), "{x} is no number that can be added up");
    let bits = x.abs().to_bits();
    let (above, below) = (bits >> 52, bits & ((1 << 52) - 1));
    let size = if above == 0 { below } else { below | 1 << 52 } as i64;
    (if x < 0.0 { -size } else { size }, above.max(1) as i64 - 1075)
}

/// The digits and one more, which says whether there is a remainder: it is 0 if there is none.
fn cut(digits: BigInt, rest: &BigInt, exponent: i64) -> Exact {
    let more = match (rest.sign(), digits.sign()) {
        (Sign::NoSign, _) => 0,
        (_, Sign::Minus) => -1,
        _ => 1,
    };
    Exact { digits: (digits << 1) + more, exponent: exponent - 1 }
}

/// The digits of two numbers as multiples of the same power of two.
fn aligned(a: &Exact, b: &Exact) -> (BigInt, BigInt, i64) {
    let exponent = a.exponent.min(b.exponent);
    let of = |x: &Exact| &x.digits << (x.exponent - exponent);
    (of(a), of(b), exponent)
}
impl Add for &Exact {
    type Output = Exact;
    fn add(self, other: Self) -> Exact {
        let (a, b, exponent) = aligned(self, other);
        Exact { digits: a + b, exponent }
    }
}
impl Sub for &Exact {
    type Output = Exact;
    fn sub(self, other: Self) -> Exact {
        let (a, b, exponent) = aligned(self, other);
        Exact { digits: a - b, exponent }
    }
}
impl Mul for &Exact {
    type Output = Exact;
    fn mul(self, other: Self) -> Exact {
        Exact { digits: &self.digits * &other.digits, exponent: self.exponent + other.exponent }
    }
}

/// The count of some numbers, their sum, and the sum of their squares.
#[derive(Clone, Debug)]
pub struct Sample {
    count: usize,
    sum: Exact,
    squares: Exact,
    constant: bool,
}

impl Sample {
    /// The sums of these numbers, all of which are finite.
    pub fn of<T: Binary>(numbers: &[T]) -> Self {
        let parts: Vec<_> = numbers.iter().map(|&x| parts(x.into())).collect();
        let exponents = parts.iter().map(|&(_, exponent)| exponent);
        let least = exponents.clone().min().unwrap_or(0);
        let kinds = exponents.max().map_or(0, |most| (most - least + 1) as usize);
        // Numbers with the same exponent are added in machine integers, which have room for 2^64
        // numbers. A square is added in two halves.
        let mut sums = vec![(0i128, 0u128, 0u128); kinds];
        for (digits, exponent) in parts {
            let square = u128::from(digits.unsigned_abs()) * u128::from(digits.unsigned_abs());
            let (sum, low, high) = &mut sums[(exponent - least) as usize];
            *sum += i128::from(digits);
            *low += square & u128::from(u64::MAX);
            *high += square >> 64;
        }
        let zero = || BigInt::from(0);
        let (mut sum, mut squares) = (zero(), zero());
        for (at, (part, low, high)) in
            sums.into_iter().enumerate().filter(|(_, part)| *part != (0, 0, 0))
        {
            sum += BigInt::from(part) << at;
            squares += (BigInt::from(low) + (BigInt::from(high) << 64)) << (2 * at);
        }
        Self {
            count: numbers.len(),
            sum: Exact { digits: sum, exponent: least },
            squares: Exact { digits: squares, exponent: 2 * least },
            constant: numbers.windows(2).all(|pair| pair[0] == pair[1]),
        }
    }

    /// The count.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// Whether all are equal.
    #[must_use]
    pub fn is_constant(&self) -> bool {
        self.constant
    }

    /// The mean. There must be at least one number.
    #[must_use]
    pub fn mean(&self) -> Exact {
        self.sum.over(&Exact::whole(self.count))
    }

    /// The sum of squared deviations from the mean. There must be at least one number.
    #[must_use]
    pub fn m2(&self) -> Exact {
        self.times_m2().over(&Exact::whole(self.count))
    }

    /// The variance with the divisor `n - ddof`, which must be positive.
    #[must_use]
    pub fn var(&self, ddof: usize) -> Exact {
        self.times_m2().over(&Exact::whole(self.count * (self.count - ddof)))
    }

    /// The standard deviation with the divisor `n - ddof`, which must be positive.
    #[must_use]
    pub fn std(&self, ddof: usize) -> Exact {
        self.var(ddof).root()
    }

    /// The count times the sum of squared deviations.
    fn times_m2(&self) -> Exact {
        &(&Exact::whole(self.count) * &self.squares) - &(&self.sum * &self.sum)
    }

    /// The error of `found` as the mean, in units in the last place of the larger of the mean and
    /// the standard deviation.
    #[must_use]
    pub fn mean_error<T: Binary>(&self, found: T) -> f64 {
        let mean = self.mean();
        mean.error_beside(found, &mean.larger(&self.std(0)))
    }
}

/// The maximum error of a mean, in units in the last place of the larger of the mean and the
/// standard deviation.
pub const MEAN: f64 = 1.0;
/// The maximum error of a variance, in its own units in the last place.
pub const VAR: f64 = 4.0;
/// The maximum error of a standard deviation, in its own units in the last place.
pub const STD: f64 = 4.0;

/// The errors of the mean, the variance and the standard deviation `found` for `numbers`, in the
/// units of [`MEAN`], [`VAR`] and [`STD`]. For equal numbers nothing but the exact result counts:
/// the error of a mean other than the number, or of a variance other than 0, is infinite.
///
/// A standard deviation is the root of the variance. So it may be as inaccurate as that implies if
/// the variance is subnormal or overflows.
pub fn errors<T: Binary>(numbers: &[T], found: [T; 3], ddof: usize) -> [f64; 3] {
    let [mean, var, std] = found;
    let exact = Sample::of(numbers);
    if exact.is_constant() {
        return [(mean, numbers[0]), (var, T::ZERO), (std, T::ZERO)]
            .map(|(found, exact)| if found == exact { 0.0 } else { f64::INFINITY });
    }
    let exact_var = exact.var(ddof);
    let few = exact_var.round::<f64>() < T::LEAST_NORMAL.into()
        || exact_var.round::<T>().same(T::INFINITE);
    let std_error = if few && std.same(var.sqrt()) { 0.0 } else { exact_var.root().error(std) };
    [exact.mean_error(mean), exact_var.error(var), std_error]
}

/// Fails if the mean, the variance or the standard deviation `found` for `numbers` exceeds its
/// maximum error.
#[track_caller]
pub fn check<T: Binary>(numbers: &[T], found: [T; 3], ddof: usize, what: &str) {
    let errors = errors(numbers, found, ddof);
    for (k, (name, bound)) in
        [("mean", MEAN), ("variance", VAR), ("standard deviation", STD)].into_iter().enumerate()
    {
        if errors[k] > bound {
            let exact = Sample::of(numbers);
            let right: f64 = [exact.mean(), exact.var(ddof), exact.std(ddof)][k].round();
            panic!(
                "{what}: the {name} is {:?}, not {right:e}: off by {:.4e} ULP",
                found[k], errors[k]
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Scatter;

    /// Numbers of every kind, and their neighbours.
    fn numbers() -> Vec<f64> {
        let mut scatter = Scatter::new(1);
        let mut all = vec![
            0.0,
            1.0,
            1.5,
            5e-324,
            2.2e-308,
            f64::MIN_POSITIVE,
            f64::MAX,
            1e-45,
            3.4e38,
            1.2e-38,
        ];
        all.extend((0..300).map(|_| f64::from_bits(scatter.bits())).filter(|x| x.is_finite()));
        all.extend(
            (0..300)
                .map(|_| f64::from(f32::from_bits(scatter.bits() as u32)))
                .filter(|x| x.is_finite()),
        );
        all.iter().flat_map(|&x| [x, -x]).collect()
    }

    #[test]
    fn numbers_are_themselves() {
        for x in numbers() {
            assert_eq!(Exact::of(x).round::<f64>(), x);
            assert_eq!(Exact::of(x).error(x), 0.0);
            assert_eq!(
                Exact::of(x).round::<f32>().to_bits() << 1,
                (x as f32).to_bits() << 1,
                "{x:e}"
            );
        }
    }

    /// The processor rounds correctly, so this code must agree with it.
    #[test]
    fn arithmetic_is_the_processors() {
        let same = |exact: Exact, found: f64, what: &str| {
            let rounded = exact.round::<f64>();
            assert!(rounded == found, "{what}: {rounded:e}, not {found:e}");
            assert!(exact.error(found) <= 0.5, "{what}");
        };
        let all = numbers();
        for (k, &x) in all.iter().enumerate() {
            let y = all[(7 * k + 3) % all.len()];
            let (a, b) = (Exact::of(x), Exact::of(y));
            same(&a + &b, x + y, "a sum");
            same(&a - &b, x - y, "a difference");
            same(&a * &b, x * y, "a product");
            if y != 0.0 {
                same(a.over(&b), x / y, "a quotient");
            }
            same(a.abs().root(), x.abs().sqrt(), "a root");
            let (x, y) = (x as f32, y as f32);
            if x.is_finite() && y.is_finite() && y != 0.0 {
                assert_eq!(Exact::of(x).over(&Exact::of(y)).round::<f32>(), x / y);
                assert_eq!((&Exact::of(x) * &Exact::of(y)).round::<f32>(), x * y);
                assert_eq!(Exact::of(x.abs()).root().round::<f32>(), x.abs().sqrt());
            }
        }
    }

    #[test]
    fn errors_are_in_units_in_the_last_place() {
        let third = Exact::whole(1).over(&Exact::whole(3));
        assert!((third.error(1.0f32 / 3.0) - 1.0 / 3.0).abs() < 1e-6);
        assert!((third.error((1.0f32 / 3.0).next_up()) - 4.0 / 3.0).abs() < 1e-6);
        assert_eq!(Exact::whole(1).error(1.0f64.next_up()), 1.0);
        assert_eq!(Exact::whole(1).error(1.0f64.next_down()), 0.5);
        assert_eq!(Exact::whole(1).error_beside(0.0f32, &Exact::whole(2)), 2f64.powi(22));
        // Below the smallest normal number the unit is the smallest positive number.
        assert_eq!(Exact::of(0.0).error(f64::from_bits(3)), 3.0);
        assert_eq!(Exact::of(f32::MIN_POSITIVE).error(0.0f32), 2f64.powi(23));
        assert_eq!(Exact::of(f64::from(f32::MAX) * 2.0).error(f32::INFINITY), 0.0);
        assert_eq!(Exact::of(f32::MAX).error(f32::INFINITY), 1.0);
        assert!(
            Exact::of(1.0).error(f32::NAN).is_infinite()
                && Exact::of(1.0).error(f32::INFINITY) > 1e30
        );
    }

    #[test]
    fn statistics_of_few_numbers() {
        let sample = Sample::of(&[1.0f32, 2.0, 6.0]);
        assert_eq!((sample.count(), sample.is_constant()), (3, false));
        assert_eq!(sample.mean().round::<f32>(), 3.0);
        assert_eq!((sample.m2().round::<f32>(), sample.var(1).round::<f32>()), (14.0, 7.0));
        assert_eq!(
            (sample.var(0).round::<f32>(), sample.std(1).round::<f64>()),
            (14.0 / 3.0, 7f64.sqrt())
        );
        // A small number next to a large one is not lost, and neither is a number beyond the range
        // of the type.
        let sample = Sample::of(&[1e300, 5e-324, -1e300]);
        assert_eq!(sample.mean().error(5e-324 / 3.0), 1.0 / 3.0);
        let sample = Sample::of(&[f32::MAX; 4]);
        assert_eq!((sample.mean().round::<f32>(), sample.var(0).round::<f32>()), (f32::MAX, 0.0));
        assert!(sample.is_constant() && sample.var(1).is_zero());
        assert_eq!(sample.mean_error(f32::MAX.next_down()), 1.0);
        let sample = Sample::of(&[f64::MAX, -f64::MAX]);
        assert_eq!(
            (sample.var(0).round::<f64>(), sample.std(0).round::<f64>()),
            (f64::INFINITY, f64::MAX)
        );
        // The unit of a mean's error is that of the standard deviation if that is larger.
        assert_eq!(Sample::of(&[-1024.0f32, 1024.0]).mean_error(1.0f32), 8192.0);
    }

    /// Compared with integer sums, for numbers that are integers times a power of two.
    #[test]
    fn statistics_of_many_numbers() {
        let mut scatter = Scatter::new(2);
        for n in [1usize, 2, 3, 100, 1001] {
            let whole: Vec<i128> =
                (0..n).map(|_| i128::from(scatter.bits() >> 24) - (1 << 38)).collect();
            let numbers: Vec<f64> = whole.iter().map(|&k| k as f64 / 1024.0).collect();
            let sample = Sample::of(&numbers);
            let (sum, squares) =
                (whole.iter().sum::<i128>(), whole.iter().map(|k| k * k).sum::<i128>());
            let near = |exact: Exact, found: f64| assert!(exact.error(found) < 2.0, "{found}");
            near(sample.mean(), sum as f64 / n as f64 / 1024.0);
            let m2 = (squares * n as i128 - sum * sum) as f64 / n as f64 / 1024.0 / 1024.0;
            near(sample.m2(), m2);
            near(sample.var(0), m2 / n as f64);
        }
    }
}
