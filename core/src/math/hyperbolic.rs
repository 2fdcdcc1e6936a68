//! The hyperbolic tangent, and the logistic sigmoid.

use super::exp::{exp_f32, exp_f64, exp_of_bounded_f32, expm1_f64};
use super::polynomial;

/// The hyperbolic tangent: x + x^3 p(x^2) up to 0.8, and 1 - 2 / (e^2x + 1) above 0.8, where the
/// number that is subtracted from 1 is small.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn tanh_f32(x: f32) -> f32 {
    let magnitude = x.abs();
    // From 9.02 on the result rounds to 1.
    let magnitude = if 10.0 < magnitude { 10.0 } else { magnitude };
    let square = magnitude * magnitude;
    let fourth = square * square;
    let p = polynomial!(
        square,
        fourth,
        [
            -0.3333333,
            0.13333236,
            -0.053953514,
            0.02176798,
            -0.008492245,
            0.0028268478,
            -0.00055784953
        ]
    );
    let near = magnitude + magnitude * square * p;
    let far = 1.0 - 2.0 / (exp_of_bounded_f32(2.0 * magnitude) + 1.0);
    (if magnitude < 0.8 { near } else { far }).copysign(x)
}

/// The hyperbolic tangent, as t / (t + 2) with t = e^2x - 1.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn tanh_f64(x: f64) -> f64 {
    let magnitude = x.abs();
    // From 19.07 on the result rounds to 1.
    let magnitude = if 20.0 < magnitude { 20.0 } else { magnitude };
    let t = expm1_f64(2.0 * magnitude);
    (t / (t + 2.0)).copysign(x)
}

macro_rules! sigmoids {
    ($sigmoid:ident, $t:ident, $exp:ident) => {
        /// The logistic sigmoid 1 / (1 + e^-x), computed from e^-|x|, which is never large.
        #[cfg_attr(not(unoptimised), inline(always))]
        pub(crate) fn $sigmoid(x: $t) -> $t {
            let e = $exp(-x.abs());
            (if x < 0.0 { e } else { 1.0 }) / (1.0 + e)
        }
    };
}
sigmoids! { sigmoid_f32, f32, exp_f32 }
sigmoids! { sigmoid_f64, f64, exp_f64 }
