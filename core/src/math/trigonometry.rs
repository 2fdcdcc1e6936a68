//! Sine and cosine, for arguments of any magnitude.
//!
//! For f32, in f64: x 2/pi = n + f with a whole n, of which only n modulo 4 matters, and |f| <=
//! 1/2. A product with 2/pi in parts of 28 bits is exact, as an f32 has 24; parts whose product
//! with x is a multiple of 4 for all x of its magnitude are left out (M. Payne and R. Hanek, 1983),
//! so that four parts always do. They are chosen by comparisons, since a table would become
//! gathers.

use super::polynomial;

// 2/pi in parts of 28 bits.
const PART_0: f64 = 0.6366197690367699;
const PART_1: f64 = 3.3308114738561656e-9;
const PART_2: f64 = 2.276010047810136e-18;
const PART_3: f64 = 2.5268260189002822e-26;
const PART_4: f64 = 1.6682867657019525e-34;
const PART_5: f64 = 1.158871328288855e-43;
// What is left of 2/pi after so many parts.
const AFTER_3: f64 = 2.52682603558315e-26;
const AFTER_4: f64 = 1.668286766860824e-34;
const AFTER_5: f64 = 1.1588713353428143e-43;
const AFTER_6: f64 = 7.053959263504976e-52;

/// f pi/2 and, in the low bits, n: of an x that is finite. Infinities and NaN give NaN.
#[cfg_attr(not(unoptimised), inline(always))]
fn reduced(x: f32) -> (f64, u64) {
    const ROUND: f64 = 6755399441055744.0;
    const ROUND_TO_4: f64 = 4.0 * ROUND;
    let magnitude = x.abs();
    // An x from 2^(24 + e) on is a multiple of 2^e: its product with the first part is a multiple
    // of 8 from 2^53 on, and below that less than 2^53, so that `ROUND_TO_4` rounds it to a
    // multiple of 4; and so forth with every part.
    let second = magnitude >= (1u64 << 53) as f32;
    let third = magnitude >= (1u128 << 81) as f32;
    let fourth = magnitude >= (1u128 << 109) as f32;
    let choose = |a: f64, b: f64, c: f64, d: f64| {
        let part = if second { b } else { a };
        let part = if third { c } else { part };
        if fourth { d } else { part }
    };
    let x = f64::from(x);
    let a = x * choose(PART_0, PART_1, PART_2, PART_3);
    let b = x * choose(PART_1, PART_2, PART_3, PART_4);
    let c = x * choose(PART_2, PART_3, PART_4, PART_5);
    let d = x * choose(AFTER_3, AFTER_4, AFTER_5, AFTER_6);
    let a = a - ((a + ROUND_TO_4) - ROUND_TO_4);
    let b = b - ((b + ROUND_TO_4) - ROUND_TO_4);
    let sum = ((a + b) + c) + ROUND;
    // Exact but for the last sum: `a` without n has few bits left, and what `b` adds is below them.
    let f = (((a - (sum - ROUND)) + b) + c) + d;
    (f * core::f64::consts::FRAC_PI_2, sum.to_bits())
}

/// The sine of `r` if `quarter` is even, else its cosine; negated if the bit above is set.
#[cfg_attr(not(unoptimised), inline(always))]
fn of_quarter(r: f64, quarter: u64) -> f32 {
    let z = r * r;
    let square = z * z;
    let sine = r + r
        * z
        * polynomial!(
            z,
            square,
            [-0.16666666641547503, 0.00833332937603732, -0.00019839331431074382, 2.718277312281641e-6]
        );
    let cosine = (1.0 - 0.5 * z)
        + square
            * polynomial!(z, square, [0.04166664679015097, -0.0013887363810549669, 2.443802526866508e-5]);
    let y = if quarter & 1 == 0 { sine } else { cosine };
    f64::from_bits(y.to_bits() ^ (quarter >> 1 << 63)) as f32
}

/// The sine.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn sin_f32(x: f32) -> f32 {
    let (r, n) = reduced(x);
    let y = of_quarter(r, n);
    // -0.0 would lose its sign.
    if x == 0.0 { x } else { y }
}

/// The cosine.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn cos_f32(x: f32) -> f32 {
    let (r, n) = reduced(x);
    of_quarter(r, n.wrapping_add(1))
}

/// The sine.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn sin_f64(x: f64) -> f64 {
    libm::sin(x)
}

/// The cosine.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn cos_f64(x: f64) -> f64 {
    libm::cos(x)
}
