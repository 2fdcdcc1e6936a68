//! The exponential, and the exponential minus 1.
//!
//! x = n ln 2 + r with a whole n and |r| <= ln 2 / 2; then e^x = 2^n e^r, and e^r = 1 + r + r^2
//! q(r). The logarithm of 2 is in two parts, the first of so few bits that its product with n is
//! exact.

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
            // Past both ends the result is 0 or infinite all the same; NaN stays.
            let x = if $highest < x { $highest } else { x };
            let x = if x < $lowest { $lowest } else { x };
            // The sum's low bits hold n plus twice the exponent's bias.
            let sum = x * core::$t::consts::LOG2_E + ($round + 2.0 * $bias);
            let n = sum - ($round + 2.0 * $bias);
            let r = (x - n * $ln_2) - n * $ln_2_rest;
            let square = r * r;
            let y = 1.0 + (r + square * (polynomial!(r, square, $q)));
            // 2^n may be subnormal or too large itself, its two halves are not. The shifts drop the
            // bits of `round`.
            let half = sum.to_bits() >> 1;
            let other = sum.to_bits() - half;
            y * <$t>::from_bits(half << $mantissa) * <$t>::from_bits(other << $mantissa)
        }

        $(
            /// e to the power `x`, which is NaN or so that the result is a normal number.
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
            // -1 already.
            let bounded = if bounded < -40.0 { -40.0 } else { bounded };
            // The low bits hold n - 1 and the bias.
            let sum = bounded * core::$t::consts::LOG2_E + ($round + ($bias - 1.0));
            let n = sum - ($round + ($bias - 1.0));
            let high = bounded - n * $ln_2;
            let low = n * $ln_2_rest;
            let r = high - low;
            let lost = (high - r) - low;
            let square = r * r;
            let beyond_r = square * (polynomial!(r, square, $q_of_expm1)) + lost;
            // 2^n (r + ..) + (2^n - 1), all halved lest 2^n be infinite. What the first sum rounds
            // off goes to the small terms.
            let half = <$t>::from_bits(sum.to_bits() << $mantissa);
            let whole = half - 0.5;
            let linear = half * r;
            let leading = whole + linear;
            let rounded_off = (linear - (leading - whole)) + ((half - whole) - 0.5);
            let y = 2.0 * (leading + (rounded_off + half * beyond_r));
            // Halves of subnormal numbers lose a bit, and -0.0 its sign.
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
        0.500000000000001, 0.16666666666666674, 0.04166666666652188, 0.008333333333322198, 0.0013888888947856278,
        0.0001984126988661821, 2.4801487285986974e-5, 2.7557242305901814e-6, 2.763267084474969e-7,
        2.5110061496155075e-8,
    ],
    q for expm1 [
        0.500000000000001, 0.16666666666666674, 0.04166666666652188, 0.008333333333322198, 0.0013888888947856278,
        0.0001984126988661821, 2.4801487285986974e-5, 2.7557242305901814e-6, 2.763267084474969e-7,
        2.5110061496155075e-8,
    ]
}

/// 2 to the power `t`, which is NaN or of magnitude 1000 at most, to 34 bits: what functions of f32
/// need that compute in f64.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn exp2_to_34_bits(t: f64) -> f64 {
    const ROUND: f64 = 6755399441055744.0 + 1023.0;
    let sum = t + ROUND;
    let f = t - (sum - ROUND);
    let square = f * f;
    let y = polynomial!(
        f,
        square,
        [
            0.9999999999615748,
            0.6931471807288827,
            0.2402265119944319,
            0.055504103524671916,
            0.009618027079805847,
            0.0013333922931391903,
            0.00015469347084255545,
            1.5201935851386265e-5
        ]
    );
    y * f64::from_bits(sum.to_bits() << 52)
}
