//! SiLU, x / (1 + e^-x), also called swish: x times its logistic sigmoid.
//!
//! In f64 it is computed from e^-|x|, which is never large. For a negative number SiLU is x e^-|x|
//! / (1 + e^-|x|), so small results keep their bits.

use super::exp::{exp_f64, exp_in_units_f32};

/// SiLU of an f32: x / (s + s e^-x) s, where s is a power of 2. For large |x|, e^-x itself is out
/// of the range of f32, but s e^-x and s are not.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn silu_f32(x: f32) -> f32 {
    // Below -128 the result is 0, and above 128 it is x.
    let bounded = if x < -128.0 { -128.0 } else { x };
    let exponent = if 128.0 < bounded { -128.0 } else { -bounded };
    let (e, unit, inverse) = exp_in_units_f32(exponent);
    bounded / (inverse + e * unit) * inverse
}

/// SiLU of an f64.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn silu_f64(x: f64) -> f64 {
    // e^-512.
    const FAR: f64 = 4.377491037053051e-223;
    // Below -800 the result is 0.
    let bounded = if x < -800.0 { -800.0 } else { x };
    let magnitude = bounded.abs();
    // e^-|x| may be subnormal, and then has fewer bits than the result. So beyond 512 the
    // exponential is that of 512 - |x|, a difference that is exact, and the result is multiplied by
    // e^-512 last.
    let is_far = 512.0 < magnitude;
    let e = exp_f64((if is_far { 512.0 } else { 0.0 }) - magnitude);
    let last = if is_far { FAR } else { 1.0 };
    let denominator = 1.0 + e * last;
    if bounded < 0.0 { bounded * e / denominator * last } else { bounded / denominator }
}
