//! Powers x^y = 2^(y log2 x).
//!
//! For f32, in f64, where the logarithm has enough bits to spare for the product with y.

use super::exp::exp2_to_34_bits;
use super::polynomial;

/// `x` to the power `y`, with C99's special cases. What depends on `y` alone leaves the loop where all elements have the same.
#[inline(always)]
pub(crate) fn pow_f32(x: f32, y: f64) -> f32 {
    const ROOT_OF_HALF: u64 = core::f64::consts::FRAC_1_SQRT_2.to_bits();
    const ONE: f64 = 4503599627370496.0;
    let magnitude = f64::from(x.abs());
    // As in `log`: x is 2^e (1 + f), and no f32 is subnormal in f64.
    let beyond = magnitude.to_bits().wrapping_sub(ROOT_OF_HALF);
    let f = f64::from_bits((beyond & ((1 << 52) - 1)) + ROOT_OF_HALF) - 1.0;
    let e = f64::from_bits(beyond.wrapping_add(1024 << 52) >> 52 | ONE.to_bits()) - (ONE + 1024.0);
    let s = f / (2.0 + f);
    let z = s * s;
    let square = z * z;
    let log2 = e + s * polynomial!(
        z,
        square,
        [
            2.8853900817778495,
            0.9617966941139549,
            0.5770779422002783,
            0.4122092678670637,
            0.3199051016652689,
            0.2829081677454144
        ]
    );
    let t = y * log2;
    let t = if 200.0 < t { 200.0 } else { t };
    let t = if t < -200.0 { -200.0 } else { t };
    let power = exp2_to_34_bits(t);

    let zero = magnitude == 0.0;
    let limit = zero || magnitude == f64::INFINITY;
    let at_limit = if zero == (y > 0.0) { 0.0 } else { f64::INFINITY };
    let power = if limit { at_limit } else { power };
    // Numbers from 2^53 on are even.
    let whole = y.abs() >= ONE || (y + 1.5 * ONE) - 1.5 * ONE == y;
    let half = 0.5 * y;
    let even = half.abs() >= ONE || (half + 1.5 * ONE) - 1.5 * ONE == half;
    let negated = if whole && !even { -power } else { power };
    let of_negative = if whole || limit { negated } else { f64::NAN };
    let power = if x.is_sign_negative() { of_negative } else { power };
    let power = if x.is_nan() || y.is_nan() { f64::NAN } else { power };
    let one = y == 0.0 || x == 1.0 || (x == -1.0 && y.abs() == f64::INFINITY);
    (if one { 1.0 } else { power }) as f32
}

/// `x` to the power `y`, with C99's special cases.
#[inline(always)]
pub(crate) fn pow_f64(x: f64, y: f64) -> f64 {
    libm::pow(x, y)
}
