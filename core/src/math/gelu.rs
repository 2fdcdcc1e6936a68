//! GELU, x P(x), with the normal distribution's P(x) = (1 + erf(x / sqrt 2)) / 2.
//!
//! P(-a) = e^(-a^2 / 2) p(t) / (1 + a) for a >= 0, where t = (a - k) / (a + k) maps all a to -1 to
//! 1, and p is smooth (M. Shepherd and J. Laframboise, 1981, for erfc). P(a) = 1 - P(-a). So the
//! tail of negative numbers has its bits too, where 1 + erf has lost them.

use super::exp::{exp_f64, exp2_to_34_bits};
use super::polynomial;

/// GELU, in f64.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn gelu_f32(x: f32) -> f32 {
    const K: f64 = 4.0;
    let x = f64::from(x);
    // What x P(-|x|) adds is 0 in f32 past these.
    let bounded = if 15.0 < x { 15.0 } else { x };
    let bounded = if bounded < -15.0 { -15.0 } else { bounded };
    let a = bounded.abs();
    let inverse = 1.0 / ((1.0 + a) * (a + K));
    let t = (a - K) * (1.0 + a) * inverse;
    let square = t * t;
    let p = polynomial!(
        t,
        square,
        [
            0.4720532068204129,
            -0.09670346642921726,
            0.013999600545263993,
            0.02859996912001993,
            -0.03219734924354066,
            0.017940226089324815,
            -0.0050039392575208326,
            -0.0003034340899376527,
            0.0006922057506999664,
            -6.155491888620867e-5,
            -7.198569906753206e-5
        ]
    );
    let tail =
        exp2_to_34_bits(a * a * (-0.5 * core::f64::consts::LOG2_E)) * (bounded * p * ((a + K) * inverse));
    (if x > 0.0 { x - tail } else { tail }) as f32
}

/// GELU.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn gelu_f64(x: f64) -> f64 {
    const K: f64 = 5.0;
    // What x P(-|x|) adds is 0 past these.
    let bounded = if 40.0 < x { 40.0 } else { x };
    let bounded = if bounded < -40.0 { -40.0 } else { bounded };
    let a = bounded.abs();
    let inverse = 1.0 / ((1.0 + a) * (a + K));
    let t = (a - K) * (1.0 + a) * inverse;
    let square = t * t;
    let p = polynomial!(
        t,
        square,
        [
            0.46151582985003775,
            -0.09155228183400904,
            0.03103036842597092,
            0.010002352385229625,
            -0.0264010429666895,
            0.024536963243625063,
            -0.015170415394696594,
            0.00652200066982176,
            -0.0016760724262611193,
            7.791566430344818e-6,
            0.0001823346386538032,
            -5.360733821178221e-5,
            -9.897929995257131e-6,
            9.058727453813784e-6,
            -6.607499078312798e-8,
            -1.3044578218432253e-6,
            1.217105928369635e-7,
            1.9134732164752355e-7,
            -2.1095069040475648e-8,
            -2.6254173368626836e-8,
            1.4478454800182981e-9,
            2.1297323058504518e-9
        ]
    );
    // The square is that of the upper 26 bits, which is exact, and a small rest, whose exponential
    // is a short series.
    let upper = f64::from_bits(a.to_bits() & !((1 << 27) - 1));
    let rest = -0.5 * (a - upper) * (a + upper);
    let e = exp_f64(-0.5 * upper * upper);
    let e = e + e * (rest + rest * rest * (0.5 + rest * (1.0 / 6.0)));
    // `e` may be subnormal: it comes last.
    let tail = e * (bounded * p * ((a + K) * inverse));
    if x > 0.0 { x - tail } else { tail }
}
