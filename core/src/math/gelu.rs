//! GELU, x P(x), where P(x) = (1 + erf(x / sqrt 2)) / 2 is the normal distribution function.
//!
//! For a >= 0, P(-a) = e^(-a^2 / 2) p(t) / (1 + a). Here t = (a - k) / (a + k) maps all a to the
//! range from -1 to 1, where p is smooth (M. Shepherd and J. Laframboise, 1981, for erfc). P(a)
//! follows as 1 minus P(-a). So the tail of negative numbers keeps its bits, which 1 + erf would
//! lose.

use super::exp::{exp_f64, exp_in_parts_f32};
use super::in_parts::InParts;
use super::polynomial;

/// GELU of an f32. Intermediate results have some bits more than an f32, so that the result is
/// rounded once.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn gelu_f32(x: f32) -> f32 {
    // P(-a) = e^(-a^2 / 2) (SCALE + p(t)) / (1 + a), where t = (a - 1.5) / (a + 3), and p is a
    // polynomial whose values are small compared with SCALE. While `a` goes from 0 to 15, `t` goes
    // only from -0.5 to 0.75. So the powers of `t` are small, and with them the rounding errors of
    // p(t).
    const SCALE: f32 = 0.46875;
    // From 15 on, x P(-|x|) rounds to 0.
    let a = x.abs();
    let a = if 15.0 < a { 15.0 } else { a };
    let t = (a - 1.5) / (a + 3.0);
    let square = t * t;
    let p = polynomial!(
        t,
        square,
        [
            -0.13619685,
            0.17657873,
            -0.062011927,
            -0.019692231,
            0.013419919,
            0.00560987,
            -0.0022893003,
            -0.0020395382,
            0.00015095281,
            0.0005084105
        ]
    );
    // The last two terms are added one by one (Horner), as large terms cancel.
    let p = 0.045701668 + t * (-0.0895389 + t * p);
    // w = a / (1 + a). `left` is the remainder of that division, in which the products with
    // `w.upper` are exact.
    let InParts { upper, lower } = InParts::of(a);
    let inverse = 1.0 / (1.0 + a);
    let rounded = a * inverse;
    let w = InParts::of(rounded);
    let left = ((a - w.upper) - w.upper * upper) - (w.upper * lower + (w.lower + w.lower * a));
    let scale = InParts::of_sum(SCALE * w.upper, SCALE * (w.lower + left * inverse) + rounded * p);
    // e^(-a^2 / 2), with a^2 from the parts of a. The square of the upper part is exact.
    let (e, [power, last]) = exp_in_parts_f32(-0.5 * upper * upper, -0.5 * lower * (a + upper));
    let scale = InParts { upper: scale.upper * power, lower: scale.lower * power };
    let (most, rest) = e.product(scale);
    let tail = (most + rest) * last;
    let (most, rest) = (most * last, rest * last);
    let body = x - most;
    let body = body + (((x - body) - most) - rest);
    let y = if x > 0.0 { body } else { -tail };
    // Tiny numbers cannot be split into parts. Their result is x / 2.
    let y = if a < 1.4901161e-8 { 0.5 * x } else { y };
    if 15.0 < x { x } else { y }
}

/// GELU of an f64.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn gelu_f64(x: f64) -> f64 {
    const K: f64 = 5.0;
    // Below -40 and above 40, x P(-|x|) rounds to 0.
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
    // a^2 is the square of the upper 26 bits of a, which is exact, plus a small rest. The
    // exponential of that rest is a short series.
    let upper = f64::from_bits(a.to_bits() & !((1 << 27) - 1));
    let rest = -0.5 * (a - upper) * (a + upper);
    let e = exp_f64(-0.5 * upper * upper);
    let e = e + e * (rest + rest * rest * (0.5 + rest * (1.0 / 6.0)));
    // `e` may be subnormal, so the other factors are multiplied first.
    let tail = e * (bounded * p * ((a + K) * inverse));
    if x > 0.0 { x - tail } else { tail }
}
