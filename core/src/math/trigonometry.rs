//! Sine, cosine and tangent, for angles of any magnitude.
//!
//! For f32:
//!
//! 1. x 2/pi = n + f with an integer n and |f| <= 1/2. Only n modulo 4 matters, so multiples of 4
//!    may be left out: x is multiplied by the 96 bits of 2/pi that begin where the product is no
//!    longer a multiple of 4 (M. Payne and R. Hanek, 1983).
//! 2. The product is computed in integers, from the mantissa of x. The 96 bits are selected by two
//!    comparisons and a shift, since a table would become gathers. So angles of all sizes are
//!    computed in one way, without a branch. (If floating-point sums reduced small angles, and
//!    another way large ones, vectorised code would do both for each element.)
//! 3. Polynomials in the angle f pi/2, which is held in two parts, give the sine and the cosine, or
//!    the tangent and the cotangent. n says which of the two becomes the result, and with which
//!    sign.
//!
//! For f64 the functions are libm's.

use super::in_parts::InParts;
use super::polynomial;

/// The bits of 2/pi * 2^38 in words of 32 bits: two words before the point, and five after it. The
/// exponents of x form four groups of 32. Group g uses the four words from word g on.
const TWO_OVER_PI: [u32; 7] =
    [0x0000_0028, 0xbe60_db93, 0x9105_4a7f, 0x09d5_f47d, 0x4d37_7036, 0xd8a5_664f, 0x10e4_107f];

/// pi/2 * 2^-30 as a sum of two f32: `HALF_PI` is its upper 12 bits, and `HALF_PI_REST` what is
/// left of it, rounded to f32.
const HALF_PI: f32 = 1.4624675e-9;
const HALF_PI_REST: f32 = 4.5059881e-13;

/// An angle as a number of quarter turns and a remainder.
struct Angle {
    /// The number of quarter turns, of which only the low two bits are used.
    quarter: u32,
    /// The remainder, from -pi/4 to pi/4, is the sum of `upper` and `lower`. `upper` is the larger
    /// of the two, or 0.
    upper: f32,
    /// The part of the remainder that `upper` lacks.
    lower: f32,
}

impl Angle {
    /// The remainder, rounded to one f32, and the rounding error.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn rounded(&self) -> (f32, f32) {
        let rest = self.upper + self.lower;
        (rest, (self.upper - rest) + self.lower)
    }
}

/// |x| as a number of quarter turns and a remainder. For infinities and NaN the result is
/// unspecified.
#[cfg_attr(not(unoptimised), inline(always))]
fn reduced(x: f32) -> Angle {
    let bits = x.to_bits() & 0x7fff_ffff;
    // For |x| >= 1/2, |x| = mantissa 2^(octave - 24). Up to pi/4 the results of these lines are not
    // used, because the remainder is |x| itself. Octave 128, the last, counts as octave 127 with a
    // mantissa twice as large.
    let octave = (bits >> 23).wrapping_sub(126);
    let mantissa = bits & 0x007f_ffff | 0x0080_0000;
    let is_last = octave == 128;
    let mantissa = if is_last { 2 * mantissa } else { mantissa };
    let octave = if is_last { 127 } else { octave };
    let [a, b, c, d, e, f, g] = TWO_OVER_PI;
    let is_late = octave & 64 != 0;
    let choose = |early: u32, late: u32| if is_late { late } else { early };
    let (a, b, c, d, e) = (choose(a, c), choose(b, d), choose(c, e), choose(d, f), choose(e, g));
    let is_odd = octave & 32 != 0;
    let choose = |even: u32, odd: u32| if is_odd { odd } else { even };
    let (a, b, c, d) = (choose(a, b), choose(b, c), choose(c, d), choose(d, e));
    let shift = octave & 31;
    let shifted = |a: u32, b: u32| a << shift | b >> 1 >> (31 - shift);
    // `high` and `low` are the upper and lower 32 bits of |x| 2/pi modulo 4, in units of 2^-62. The
    // bits of less than 2^-62 are in `last`.
    let middle = u64::from(mantissa) * u64::from(shifted(b, c));
    let high = mantissa.wrapping_mul(shifted(a, b)).wrapping_add((middle >> 32) as u32);
    let low = middle as u32 as i32;
    // `last` is in units of 2^-30, like the terms of `lower` that it is added to. An f32 is at
    // least 2^-30 from the nearest multiple of pi/2 (other than 0), so the 96 bits of 2/pi are
    // enough.
    let last =
        mantissa as i32 as f32 * ((shifted(c, d) >> 1) as i32 as f32 * (1.0 / (1u64 << 63) as f32));
    let quarter = high.wrapping_add(1 << 29) >> 30;
    let high = high.wrapping_sub(quarter << 30).wrapping_add(low as u32 >> 31) as i32;
    let most = (high + 16) & !31;
    let upper = most as f32;
    let lower = (high - most) as f32 + (low as f32 * (1.0 / (1u64 << 32) as f32) + last);
    // `upper + lower` is the remainder in units of 2^-30 quarter turns. Multiplied by pi/2 * 2^-30,
    // it is the angle. The product of the two upper parts, `upper_half * HALF_PI`, is exact.
    let parts = InParts::of(upper);
    let (upper_half, rest) = (parts.upper, parts.lower + lower);
    let is_small = bits <= core::f32::consts::FRAC_PI_4.to_bits();
    Angle {
        quarter: if is_small { 0 } else { quarter },
        upper: if is_small { f32::from_bits(bits) } else { upper_half * HALF_PI },
        lower: if is_small {
            0.0
        } else {
            upper_half * HALF_PI_REST + rest * (HALF_PI + HALF_PI_REST)
        },
    }
}

/// The sine of the remainder of `rest` if the lowest bit of `quarter` is 0, and the cosine of that
/// remainder if the bit is 1. The result is negated if the second lowest bit of `quarter` is 1.
#[cfg_attr(not(unoptimised), inline(always))]
fn of_quarter(rest: &Angle, quarter: u32) -> f32 {
    let (r, left) = rest.rounded();
    let z = r * r;
    let square = z * z;
    let sine = rest.upper
        + (rest.lower
            + r * z
                * polynomial!(z, square, [-0.16666667, 0.008333329, -0.00019839332, 2.7182773e-6]));
    let half = 0.5 * z;
    let most = 1.0 - half;
    let rounded_off = (1.0 - most) - half;
    let p = polynomial!(z, square, [0.041666646, -0.0013887364, 2.4438024e-5]);
    let cosine = most + ((rounded_off - r * left) + square * p);
    let y = if quarter & 1 == 0 { sine } else { cosine };
    f32::from_bits(y.to_bits() ^ (quarter >> 1 << 31))
}

/// The sine.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn sin_f32(x: f32) -> f32 {
    let rest = reduced(x);
    let y = of_quarter(&rest, rest.quarter);
    let y = f32::from_bits(y.to_bits() ^ (x.to_bits() & 0x8000_0000));
    if x.abs() < f32::INFINITY { y } else { f32::NAN }
}

/// The cosine.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn cos_f32(x: f32) -> f32 {
    let rest = reduced(x);
    let y = of_quarter(&rest, rest.quarter + 1);
    if x.abs() < f32::INFINITY { y } else { f32::NAN }
}

/// The tangent. For an even number of quarter turns it is tan r, where r is the remainder, and for
/// an odd number of quarter turns -1 / tan r.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn tan_f32(x: f32) -> f32 {
    let rest = reduced(x);
    let (r, left) = rest.rounded();
    let z = r * r;
    let square = z * z;
    // tan r = r + r z p(z).
    let p = polynomial!(
        z,
        square,
        [0.33333343, 0.13332775, 0.054054383, 0.021284744, 0.010878406, -1.0962471e-5, 0.004443225]
    );
    let tangent = rest.upper + (rest.lower + (r * z * p + left * (z + square)));
    // 1 / tan r = 1 / r - r q(z), where z = r^2. `beyond` is 1 - r * `inverse`, computed from upper
    // and lower parts. So `inverse * beyond` is what the rounded quotient `inverse` lacks.
    let q = polynomial!(z, square, [0.33333308, 0.022226237, 0.002097149, 0.00024743544]);
    let inverse = 1.0 / r;
    let InParts { upper, lower } = InParts::of(inverse);
    let InParts { upper: upper_r, .. } = InParts::of(r);
    let lower_r = (rest.upper - upper_r) + rest.lower;
    let beyond = ((1.0 - upper * upper_r) - upper * lower_r) - lower * r;
    let cotangent = inverse + (inverse * beyond - r * q);
    let y = if rest.quarter & 1 == 0 { tangent } else { -cotangent };
    let y = f32::from_bits(y.to_bits() ^ (x.to_bits() & 0x8000_0000));
    if x.abs() < f32::INFINITY { y } else { f32::NAN }
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

/// The tangent.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn tan_f64(x: f64) -> f64 {
    libm::tan(x)
}
