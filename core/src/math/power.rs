//! Powers.
//!
//! For f32, x^y = 2^(y log2 x). The steps:
//!
//! 1. log2 x, in two parts with about 33 bits together, from x = 2^e (1 + f) and a series in s = f
//!    / (2 + f).
//! 2. The product of that logarithm and y. The exponent y is in two parts as well.
//! 3. 2 to the power of the product: the integer nearest to the product becomes exponent bits, and
//!    the difference from that integer goes into a polynomial.
//! 4. The special cases of C99 (powers of 0, 1, infinities, NaN and negative numbers) are computed
//!    from x and y alone, without waiting for the steps above, and are selected last.
//!
//! Integer exponents from -7 to 7 are multiplications. Powers of f64 are libm's.

use core::hint::select_unpredictable;

use super::in_parts::InParts;
use super::polynomial;

/// The exponent y of a power. Everything that depends on y alone is stored as numbers and bit
/// masks, not as `bool`: for a condition that does not change in a loop, the compiler would compile
/// the loop twice, once for each outcome.
#[derive(Clone, Copy)]
struct Exponent {
    /// The exponent in two parts. If the exponent is large, a smaller one with the same powers.
    value: InParts,
    /// The powers of 0 and of infinity, without their signs.
    of_zero: f32,
    of_infinity: f32,
    /// The power of NaN, which is 1 or NaN.
    of_nan: f32,
    /// 1 if the exponent is whole; else NaN, because the powers of negative numbers are then NaN.
    of_negative: f32,
    /// The sign bit if the exponent is odd, because the powers of negative numbers are then
    /// negative; else 0.
    sign_if_odd: u32,
}

#[cfg_attr(not(unoptimised), inline(always))]
fn one_or_nan(one: bool) -> f32 {
    if one { 1.0 } else { f32::NAN }
}

impl Exponent {
    /// The exponent `y`, whose two parts are in `value`.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn new(y: f32, value: InParts, is_whole: bool, is_odd: bool) -> Exponent {
        let toward = |limit: f32, other: f32| {
            if y > 0.0 { limit } else { if y < 0.0 { other } else { one_or_nan(y == 0.0) } }
        };
        Exponent {
            value,
            of_zero: toward(0.0, f32::INFINITY),
            of_infinity: toward(f32::INFINITY, 0.0),
            of_nan: one_or_nan(y == 0.0),
            of_negative: one_or_nan(is_whole),
            sign_if_odd: u32::from(is_odd) << 31,
        }
    }

    #[cfg_attr(not(unoptimised), inline(always))]
    fn of(y: f32) -> Exponent {
        const ONE: f32 = 8388608.0;
        // `ONE` is 2^23. All numbers from 2^23 on are integers. From 2^24 on they are even, so
        // `is_whole` is true for their halves too, and the last argument below, whether `y` is odd,
        // is false.
        let is_whole = |y: f32| (y >= ONE) | ((y + ONE) - ONE == y);
        let magnitude = y.abs();
        let whole = is_whole(magnitude);
        // The logarithm of the f32 next to 1 has a magnitude of at least 2^-24. So all powers by
        // exponents beyond `FAR` are 0 or infinite, as the powers by `FAR` are.
        const FAR: f32 = (1u64 << 40) as f32;
        let bounded = if FAR < y { FAR } else { y };
        let bounded = if bounded < -FAR { -FAR } else { bounded };
        Exponent::new(y, InParts::of(bounded), whole, whole & !is_whole(0.5 * magnitude))
    }

    #[cfg_attr(not(unoptimised), inline(always))]
    fn of_whole(n: i32) -> Exponent {
        // `n` without rounding: the upper 12 bits in one part, and at most 20 other bits in the
        // second.
        let magnitude = n.unsigned_abs();
        let last = if magnitude < 1 << 24 { 0 } else { 127 };
        let InParts { upper, .. } = InParts::of((magnitude & !last) as f32);
        let lower = magnitude.wrapping_sub(upper as u32) as i32 as f32;
        let sign = (n as u32) & 0x8000_0000;
        let signed = |x: f32| f32::from_bits(x.to_bits() ^ sign);
        Exponent::new(
            n as f32,
            InParts { upper: signed(upper), lower: signed(lower) },
            true,
            n & 1 != 0,
        )
    }
}

/// The logarithm of `x` to base 2, for a positive and finite `x`.
#[cfg_attr(not(unoptimised), inline(always))]
fn log2_f32(x: f32) -> InParts {
    const ROOT_OF_HALF: u32 = core::f32::consts::FRAC_1_SQRT_2.to_bits();
    const ONE: f32 = 8388608.0;
    let subnormal = x < f32::MIN_POSITIVE;
    let scaled = if subnormal { x * ONE } else { x };
    let shift = if subnormal { -23.0 } else { 0.0 };
    // `scaled` is 2^e (1 + f), with 1 + f between the square roots of 1/2 and of 2.
    let beyond = scaled.to_bits().wrapping_sub(ROOT_OF_HALF);
    let f = f32::from_bits((beyond & ((1 << 23) - 1)) + ROOT_OF_HALF) - 1.0;
    let biased = beyond.wrapping_add(128 << 23) >> 23;
    let e = f32::from_bits(biased | ONE.to_bits()) - ((ONE + 128.0) - shift);
    // s = f / (2 + f) in two parts, from the inverse of the divisor and the remainder of the
    // division.
    let sum = 2.0 + f;
    let inverse = 1.0 / sum;
    let divisor = InParts::of_sum(sum, f - (sum - 2.0));
    let rounded = f * inverse;
    let InParts { upper, lower } = InParts::of(rounded);
    let left = (f - upper * divisor.upper) - (upper * divisor.lower + lower * sum);
    let s = InParts { upper, lower: lower + left * inverse };
    // log2(1 + f) = s (2 / ln 2 + c z + z^2 p(z)) with z = s^2, where c is about 2 / (3 ln 2). The
    // products of upper parts are exact, and all other terms are small.
    let z = rounded * rounded;
    let square = z * z;
    let p = polynomial!(z, square, [0.57707936, 0.41191584, 0.33660048]);
    let upper_z = InParts::of(s.upper * s.upper);
    let lower_z = upper_z.lower + (s.upper + rounded) * s.lower;
    let beside = 0.9616699 * upper_z.upper - 0.0146484375;
    let InParts { upper, lower } = InParts::of_sum(2.899414, beside);
    let small = lower + (0.0006244568 + (0.00012677205 * z + square * p));
    let (most, rest) = s.product(InParts { upper, lower: small + 0.9616699 * lower_z });
    let sum = e + most;
    let InParts { upper, lower } = InParts::of(sum);
    InParts { upper, lower: lower + ((most - (sum - e)) + rest) }
}

/// 2 to the power `high` + `low`, where `low` is small. NaN if either is NaN.
#[cfg_attr(not(unoptimised), inline(always))]
fn exp2_f32(high: f32, low: f32) -> f32 {
    const ROUND: f32 = 12582912.0;
    const SHIFT: f32 = ROUND + 2.0 * 127.0;
    let sum = (high + low) + SHIFT;
    let f = (high - (sum - SHIFT)) + low;
    let square = f * f;
    let q =
        polynomial!(f, square, [0.24022648, 0.05550362, 0.009618527, 0.00133902, 0.00015320849]);
    let y = 1.0 + (f * core::f32::consts::LN_2 + square * q);
    let half = sum.to_bits() >> 1;
    let other = sum.to_bits() - half;
    y * f32::from_bits(half << 23) * f32::from_bits(other << 23)
}

/// `x` to the power `y`, with C99's special cases.
#[cfg_attr(not(unoptimised), inline(always))]
fn power_f32(x: f32, y: Exponent) -> f32 {
    let magnitude = x.abs();
    let (high, low) = y.value.product(log2_f32(magnitude));
    // Below -200 the power is 0, and above 200 it is infinite, so `high` is limited to this range.
    let high = if 200.0 < high { 200.0 } else { high };
    let high = if high < -200.0 { -200.0 } else { high };
    let low = if 0.25 < low { 0.25 } else { low };
    let low = if low < -0.25 { -0.25 } else { low };
    let power = exp2_f32(high, low);

    // `other`, for the special cases, does not wait for `power`. An `if` would make the compiler
    // move everything above into a branch, and then the loop would not vectorise.
    let sign = if x < 0.0 { y.of_negative } else { 1.0 };
    let other = if magnitude == 0.0 { y.of_zero } else { sign };
    let other = if magnitude == f32::INFINITY { y.of_infinity } else { other };
    let other = if x.is_nan() { y.of_nan } else { other };
    let other = if x == 1.0 { 1.0 } else { other };
    let is_usual = (magnitude > 0.0) & (magnitude < f32::INFINITY) & (sign == 1.0) & (x != 1.0);
    let power = select_unpredictable(is_usual, power, other);
    f32::from_bits(power.to_bits() ^ (x.to_bits() & y.sign_if_odd))
}

/// `x` to the power `y`, with C99's special cases.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn pow_f32(x: f32, y: f32) -> f32 {
    power_f32(x, Exponent::of(y))
}

/// `x` to the power `n`, by multiplications if `n` is from -7 to 7.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn powi_f32(x: f32, n: i32) -> f32 {
    let magnitude = n.unsigned_abs();
    if magnitude > 7 {
        power_f32(x, Exponent::of_whole(n))
    } else {
        // The factors are selected by bits, so that `magnitude > 7` is the only condition. It does
        // not change in a loop, so the compiler makes two loops. With a second condition the
        // compiler would compute both sides for each element, and `x.powi(3)` would take twenty
        // times as long.
        let choose = |is_first: u32, first: f32, second: f32| {
            let mask = is_first.wrapping_neg();
            f32::from_bits(first.to_bits() & mask | second.to_bits() & !mask)
        };
        let x = choose(n as u32 >> 31, 1.0 / x, x);
        let square = x * x;
        let factor = |bit: u32, x: f32| choose(magnitude >> bit & 1, x, 1.0);
        factor(0, x) * factor(1, square) * factor(2, square * square)
    }
}

/// `x` to the power `y`, with C99's special cases.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn pow_f64(x: f64, y: f64) -> f64 {
    libm::pow(x, y)
}

/// `x` to the power `n`.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn powi_f64(x: f64, n: i32) -> f64 {
    libm::pow(x, f64::from(n))
}
