//! Powers x^y = 2^(y log2 x).
//!
//! For f32, in f64, where the logarithm has enough bits to spare for the product with y.

use core::hint::select_unpredictable;

use super::exp::exp2_to_34_bits;
use super::polynomial;

/// `x` to the power `y`, with C99's special cases.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn pow_f32(x: f32, y: f64) -> f32 {
    const ROOT_OF_HALF: u64 = core::f64::consts::FRAC_1_SQRT_2.to_bits();
    const ONE: f64 = 4503599627370496.0;
    let x = f64::from(x);
    let magnitude = x.abs();
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

    // What depends on `y` alone is made numbers and bits: conditions that loops do not change would
    // split the loop.
    let nan_or_one = |one: bool| if one { 1.0 } else { f64::NAN };
    let toward = |limit: f64, other: f64| {
        if y > 0.0 { limit } else { if y < 0.0 { other } else { nan_or_one(y == 0.0) } }
    };
    let (of_zero, of_infinity) = (toward(0.0, f64::INFINITY), toward(f64::INFINITY, 0.0));
    let of_nan = nan_or_one(y == 0.0);
    let of_one = nan_or_one(!y.is_nan());
    // Numbers from 2^53 on are even.
    let is_whole = |y: f64| (y.abs() >= ONE) | ((y + 1.5 * ONE) - 1.5 * ONE == y);
    let of_negative = nan_or_one(is_whole(y));
    let sign_if_odd = u64::from(is_whole(y) & !is_whole(0.5 * y)) << 63;

    let power = if magnitude == 1.0 { of_one } else { power };
    let power = if x < 0.0 { power * of_negative } else { power };
    let power = if magnitude == 0.0 { of_zero } else { power };
    let power = if magnitude == f64::INFINITY { of_infinity } else { power };
    let power = f64::from_bits(power.to_bits() ^ (x.to_bits() & sign_if_odd));
    // With `if` the compiler moves all of the above into a branch, and then the loop does not
    // vectorise.
    let power = select_unpredictable(x.is_nan(), of_nan, power);
    select_unpredictable(x == 1.0, 1.0, power) as f32
}

/// `x` to the power `y`, with C99's special cases.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn pow_f64(x: f64, y: f64) -> f64 {
    libm::pow(x, y)
}
