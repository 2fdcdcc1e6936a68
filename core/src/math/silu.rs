//! SiLU, x / (1 + e^-x), or swish: x times its logistic sigmoid.
//!
//! From e^-|x|, which is never large: of a negative number it is x e^-|x| / (1 + e^-|x|), so that what
//! is small keeps its digits.

use super::exp::{exp_f64, exp2_to_34_bits};

/// SiLU, in f64.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn silu_f32(x: f32) -> f32 {
    let x = f64::from(x);
    // The result is 0 in f32 below, and x above.
    let bounded = if x < -200.0 { -200.0 } else { x };
    let magnitude = bounded.abs();
    let magnitude = if 200.0 < magnitude { 200.0 } else { magnitude };
    let e = exp2_to_34_bits(magnitude * -core::f64::consts::LOG2_E);
    (bounded * (if bounded < 0.0 { e } else { 1.0 }) / (1.0 + e)) as f32
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
