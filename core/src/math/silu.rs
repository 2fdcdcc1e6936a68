//! SiLU, x / (1 + e^-x), or swish: x times its logistic sigmoid.
//!
//! From e^-|x|, which is never large: of a negative number it is x e^-|x| / (1 + e^-|x|), so that what
//! is small keeps its digits.

use super::exp::{exp_f64, exp_in_units_f32};

/// SiLU: of what lies beyond both ends the exponential is no f32, but its product with a power of 2
/// is, which 1 and the result are multiplied by as well.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn silu_f32(x: f32) -> f32 {
    // The result is 0 below, and x above.
    let bounded = if x < -128.0 { -128.0 } else { x };
    let exponent = if 128.0 < bounded { -128.0 } else { -bounded };
    let (e, unit, inverse) = exp_in_units_f32(exponent);
    bounded / (inverse + e * unit) * inverse
}

/// SiLU.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn silu_f64(x: f64) -> f64 {
    // e^-512
    const FAR: f64 = 4.377491037053051e-223;
    // The result is 0 below.
    let bounded = if x < -800.0 { -800.0 } else { x };
    let magnitude = bounded.abs();
    // e^-|x| may be subnormal, and then lose digits that the result has: it is that of |x| - 512, which is
    // exact, and the rest comes last.
    let is_far = 512.0 < magnitude;
    let e = exp_f64((if is_far { 512.0 } else { 0.0 }) - magnitude);
    let last = if is_far { FAR } else { 1.0 };
    let denominator = 1.0 + e * last;
    if bounded < 0.0 { bounded * e / denominator * last } else { bounded / denominator }
}
