//! The exact mean, variance and standard deviation of floats, and how far what is found is from
//! them.
//!
//! A float is an integer times a power of two, so sums of floats and of their squares are integers
//! that are added up without rounding; the variance is `(n Σx² - (Σx)²) / (n (n - ddof))`, in which
//! nothing cancels that is not known. Only quotients and roots are cut, to [`Exact::DIGITS`] binary
//! digits of which the last says whether any follow, and so they round as they would with all of
//! them.

use std::ops::{Add, Mul, Sub};

use num_bigint::{BigInt, BigUint, Sign};

use crate::same::Ulps;

/// `f32` or `f64`, as the parts that a number is rounded to.
pub trait Binary: Ulps + Into<f64> {
    /// How many binary digits a number has.
    const PRECISION: u64;
    /// The least positive number is two to this power.
    const LOWEST: i64;
    /// Every number is less than two to this power.
    const END: i64;
    /// The greatest number.
    const MOST: Self;
    /// The least normal number.
    const LEAST_NORMAL: Self;
    /// Infinity.
    const INFINITE: Self;
    /// `digits`, of which there are no more than [`PRECISION`](Self::PRECISION), times two to the
    /// power `exponent`, which is at least `LOWEST`; infinity past the greatest number.
    fn of_parts(digits: u64, exponent: i64) -> Self;
    /// The nearest to `x`.
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
                // The first digit of a normal number is not written: it adds 1 to the exponent
                // instead, which is written from 1 on.
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
    /// How many binary digits a quotient or a root has at least.
    pub const DIGITS: u64 = 256;

    /// The number that `x` is.
    pub fn of(x: impl Into<f64>) -> Self {
        let (digits, exponent) = parts(x.into());
        Self { digits: digits.into(), exponent }
    }

    /// A whole number.
    #[must_use]
    pub fn whole(n: usize) -> Self {
        Self { digits: n.into(), exponent: 0 }
    }

    /// The size without the sign.
    #[must_use]
    pub fn abs(&self) -> Self {
        Self { digits: self.digits.magnitude().clone().into(), exponent: self.exponent }
    }

    /// Whether it is 0.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.digits.sign() == Sign::NoSign
    }

    /// The larger of two sizes.
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

    /// The power of two that the first digit stands for; that of the least positive number of `T`
    /// where that is larger.
    fn first<T: Binary>(&self) -> i64 {
        (self.exponent + self.digits.bits() as i64 - 1).max(T::LOWEST + T::PRECISION as i64 - 1)
    }

    /// The nearest number of the type, of two the even one.
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

    /// How far `found` is from this number, in units in the last place that this number has in the
    /// type: a correctly rounded one is within half. Infinity of a NaN.
    #[must_use]
    pub fn error<T: Binary>(&self, found: T) -> f64 {
        self.error_beside(found, self)
    }

    /// How far `found` is from this number, in units in the last place of `size`.
    ///
    /// An infinity stands for the number that would follow the greatest, and is right where the
    /// exact number rounds to it.
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

/// The integer and the power of two whose product `x` is.
fn parts(x: f64) -> (i64, i64) {
    assert!(x.is_finite(), "{x} is no number that can be added up");
    let bits = x.abs().to_bits();
    let (above, below) = (bits >> 52, bits & ((1 << 52) - 1));
    let size = if above == 0 { below } else { below | 1 << 52 } as i64;
    (if x < 0.0 { -size } else { size }, above.max(1) as i64 - 1075)
}

/// The digits and one more, which is 1 where there is a rest.
fn cut(digits: BigInt, rest: &BigInt, exponent: i64) -> Exact {
    let more = match (rest.sign(), digits.sign()) {
        (Sign::NoSign, _) => 0,
        (_, Sign::Minus) => -1,
        _ => 1,
    };
    Exact { digits: (digits << 1) + more, exponent: exponent - 1 }
}

/// The digits of two numbers as multiples of one power of two.
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

/// Some numbers: how many they are, their sum, and the sum of their squares.
#[derive(Clone, Debug)]
pub struct Sample {
    count: usize,
    sum: Exact,
    squares: Exact,
    constant: bool,
}

impl Sample {
    /// Of these numbers, all of which are finite.
    pub fn of<T: Binary>(numbers: &[T]) -> Self {
        let parts: Vec<_> = numbers.iter().map(|&x| parts(x.into())).collect();
        let exponents = parts.iter().map(|&(_, exponent)| exponent);
        let least = exponents.clone().min().unwrap_or(0);
        let kinds = exponents.max().map_or(0, |most| (most - least + 1) as usize);
        // What has one exponent is added up in machine integers: 2^64 numbers fit. A square is in
        // two halves.
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

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// Whether all are equal.
    #[must_use]
    pub fn is_constant(&self) -> bool {
        self.constant
    }

    /// The mean; there is a number.
    #[must_use]
    pub fn mean(&self) -> Exact {
        self.sum.over(&Exact::whole(self.count))
    }

    /// The sum of squared deviations from the mean; there is a number.
    #[must_use]
    pub fn m2(&self) -> Exact {
        self.times_m2().over(&Exact::whole(self.count))
    }

    /// The variance with the divisor `n - ddof`, which is positive.
    #[must_use]
    pub fn var(&self, ddof: usize) -> Exact {
        self.times_m2().over(&Exact::whole(self.count * (self.count - ddof)))
    }

    /// The standard deviation with the divisor `n - ddof`, which is positive.
    #[must_use]
    pub fn std(&self, ddof: usize) -> Exact {
        self.var(ddof).root()
    }

    /// The count times the sum of squared deviations.
    fn times_m2(&self) -> Exact {
        &(&Exact::whole(self.count) * &self.squares) - &(&self.sum * &self.sum)
    }

    /// How far `found` is from the mean, in units in the last place of the larger of the mean and
    /// the standard deviation.
    #[must_use]
    pub fn mean_error<T: Binary>(&self, found: T) -> f64 {
        let mean = self.mean();
        mean.error_beside(found, &mean.larger(&self.std(0)))
    }
}

/// How far a mean may be from the exact one, in units in the last place of the larger of the mean and
/// the deviation.
pub const MEAN: f64 = 1.0;
/// How far a variance may be from the exact one, in its own units in the last place.
pub const VAR: f64 = 4.0;
/// How far a standard deviation may be from the exact one, in its own units in the last place.
pub const STD: f64 = 4.0;

/// How far the mean, the variance and the deviation that are found of `numbers` are from the exact
/// ones, in the units of [`MEAN`], [`VAR`] and [`STD`]. Of equal numbers nothing is near enough: the
/// error of what is not the number itself, or 0, is infinite.
///
/// A deviation is the root of the variance: it may be as far off as that allows where the variance has
/// fewer digits than others, or is past the end of the range.
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

/// Fails where the mean, the variance or the deviation that are found of `numbers` are further from the
/// exact ones than they may be.
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

    /// Every kind of number, and the numbers next to it.
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

    /// The processor rounds correctly, and so must this.
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
        // Below the least normal number the unit is the least positive number.
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
        // Nothing is lost of what is small beside what is large, nor beyond the range of the type.
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
        // The unit of a mean's error is that of the deviation, where that is the larger.
        assert_eq!(Sample::of(&[-1024.0f32, 1024.0]).mean_error(1.0f32), 8192.0);
    }

    /// Next to sums in integers, of numbers that are integers times a power of two.
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
