//! The exponential, and the exponential minus 1.
//!
//! 1. x = n ln 2 + r with an integer n and |r| <= ln 2 / 2. The logarithm of 2 is the sum of two
//!    parts, of which the first has so few bits that its product with n is exact.
//! 2. e^r = 1 + r + r^2 q(r), with a polynomial q.
//! 3. e^x = 2^n e^r, where 2^n is made from the bits of its exponent.

use super::in_parts::InParts;
use super::polynomial;

macro_rules! exponentials {
    ($exp:ident, $expm1:ident, $t:ident $(, $exp_of_bounded:ident)?:
        range $lowest:literal to $highest:literal, tiny $tiny:literal,
        ln_2 $ln_2:literal + $ln_2_rest:literal,
        round $round:literal, mantissa $mantissa:literal, bias $bias:literal,
        q $q:tt, q for expm1 $q_of_expm1:tt) => {
        /// e to the power `x`.
        #[cfg_attr(not(unoptimised), inline(always))]
        pub(crate) fn $exp(x: $t) -> $t {
            // Below `$lowest` the result is 0, and above `$highest` it is infinite, so `x` is
            // limited to this range. NaN passes through.
            let x = if $highest < x { $highest } else { x };
            let x = if x < $lowest { $lowest } else { x };
            // The low bits of `sum` hold n, for which e^x = 2^n e^r, plus twice the bias of the
            // exponent.
            let sum = x * core::$t::consts::LOG2_E + ($round + 2.0 * $bias);
            let n = sum - ($round + 2.0 * $bias);
            let r = (x - n * $ln_2) - n * $ln_2_rest;
            let square = r * r;
            let y = 1.0 + (r + square * (polynomial!(r, square, $q)));
            // 2^n itself may be subnormal or too large, so it is computed as two factors of about
            // half its exponent. The shifts drop the bits of `$round`.
            let half = sum.to_bits() >> 1;
            let other = sum.to_bits() - half;
            y * <$t>::from_bits(half << $mantissa) * <$t>::from_bits(other << $mantissa)
        }

        $(
            /// e to the power `x`, for NaN and for an `x` whose result is a normal number.
            #[cfg_attr(not(unoptimised), inline(always))]
            pub(super) fn $exp_of_bounded(x: $t) -> $t {
                let sum = x * core::$t::consts::LOG2_E + ($round + $bias);
                let n = sum - ($round + $bias);
                let high = x - n * $ln_2;
                let low = n * $ln_2_rest;
                let r = high - low;
                let lost = (high - r) - low;
                let square = r * r;
                let y = 1.0 + (r + (square * (polynomial!(r, square, $q)) + lost));
                y * <$t>::from_bits(sum.to_bits() << $mantissa)
            }
        )?

        /// e to the power `x`, minus 1.
        #[cfg_attr(not(unoptimised), inline(always))]
        pub(crate) fn $expm1(x: $t) -> $t {
            let bounded = if $highest < x { $highest } else { x };
            // Below -40 the result rounds to -1.
            let bounded = if bounded < -40.0 { -40.0 } else { bounded };
            // The low bits of `sum` hold n - 1 plus the bias of the exponent, where e^x = 2^n e^r.
            let sum = bounded * core::$t::consts::LOG2_E + ($round + ($bias - 1.0));
            let n = sum - ($round + ($bias - 1.0));
            let high = bounded - n * $ln_2;
            let low = n * $ln_2_rest;
            let r = high - low;
            let lost = (high - r) - low;
            let square = r * r;
            let beyond_r = square * (polynomial!(r, square, $q_of_expm1)) + lost;
            // 2^n (r + ..) + (2^n - 1), with all terms halved so that 2^n does not overflow. What
            // `leading` rounds off is added to the small terms.
            let half = <$t>::from_bits(sum.to_bits() << $mantissa);
            let whole = half - 0.5;
            let linear = half * r;
            let leading = whole + linear;
            let rounded_off = (linear - (leading - whole)) + ((half - whole) - 0.5);
            let y = 2.0 * (leading + (rounded_off + half * beyond_r));
            // For tiny `x` the result is `x`. There `y` has lost the last bit of subnormal numbers,
            // and the sign of -0.0.
            if x.abs() < $tiny { x } else { y }
        }
    };
}

exponentials! {
    exp_f32, expm1_f32, f32, exp_of_bounded_f32:
    range -104.0 to 89.0, tiny 2.9802322e-8,
    ln_2 0.69314575 + 1.4286068e-6,
    round 12582912.0, mantissa 23, bias 127.0,
    q [0.49999994, 0.16666521, 0.041668393, 0.008368719, 0.0013814366],
    q for expm1 [0.5, 0.16666667, 0.04166624, 0.008333286, 0.0013948604, 0.00019907598]
}
exponentials! {
    exp_f64, expm1_f64, f64:
    range -746.0 to 710.0, tiny 5.551115123125783e-17,
    ln_2 0.6931471805598903 + 5.497923018708371e-14,
    round 6755399441055744.0, mantissa 52, bias 1023.0,
    q [
        0.500000000000001, 0.16666666666666674, 0.04166666666652188, 0.008333333333322198,
        0.0013888888947856278, 0.0001984126988661821, 2.4801487285986974e-5,
        2.7557242305901814e-6, 2.763267084474969e-7, 2.5110061496155075e-8,
    ],
    q for expm1 [
        0.500000000000001, 0.16666666666666674, 0.04166666666652188, 0.008333333333322198,
        0.0013888888947856278, 0.0001984126988661821, 2.4801487285986974e-5,
        2.7557242305901814e-6, 2.763267084474969e-7, 2.5110061496155075e-8,
    ]
}

/// e to the power `high` + `low`, where `low` is small, and both are NaN or at most 150 in
/// magnitude. The result is y 2^n. y is returned as the sum of a large and a small number. 2^n is
/// returned as two powers of 2 of about the same size, each by the bits of its exponent, which the
/// caller shifts left by 23 to make the float.
#[cfg_attr(not(unoptimised), inline(always))]
fn exp_in_two(high: f32, low: f32) -> ((f32, f32), [u32; 2]) {
    const ROUND: f32 = 12582912.0;
    const SHIFT: f32 = ROUND + 2.0 * 127.0;
    let sum = (high + low) * core::f32::consts::LOG2_E + SHIFT;
    let n = sum - SHIFT;
    // r = `high` + `low` - n ln 2, as in step 1 at the top of this file.
    let high = high - n * 0.69314575;
    let low = low - n * 1.4286068e-6;
    let r = high + low;
    let square = r * r;
    let q =
        polynomial!(r, square, [0.49999994, 0.16666521, 0.041668393, 0.008368719, 0.0013814366]);
    let most = 1.0 + high;
    let half = sum.to_bits() >> 1;
    ((most, ((high - (most - 1.0)) + low) + square * q), [half, sum.to_bits() - half])
}

/// [`exp_in_two`] with y as an [`InParts`], and the two powers of 2 as floats.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn exp_in_parts_f32(high: f32, low: f32) -> (InParts, [f32; 2]) {
    let ((most, rest), [half, other]) = exp_in_two(high, low);
    (InParts::of_sum(most, rest), [f32::from_bits(half << 23), f32::from_bits(other << 23)])
}

/// [`exp_in_two`] of `x`: y as one number, the second of the two powers of 2, and the inverse of
/// the first.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn exp_in_units_f32(x: f32) -> (f32, f32, f32) {
    let ((most, rest), [half, other]) = exp_in_two(x, 0.0);
    // The exponent bits of a power of 2 and of its inverse add up to twice the bias, 254.
    (most + rest, f32::from_bits(other << 23), f32::from_bits(254u32.wrapping_sub(half) << 23))
}
