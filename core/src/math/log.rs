//! The natural logarithm of x, and that of 1 + x.
//!
//! 1. x = 2^e (1 + f), with 1 + f between the square roots of 1/2 and of 2.
//! 2. ln x = e ln 2 + f - d(f), where d(f) = f - ln(1 + f) is small. The logarithm of 2 is the sum
//!    of two parts, of which the first has so few bits that its product with e is exact.

use super::polynomial;

/// d(f) = f - ln(1 + f), computed as f^2 / 2 - f^3 p(f) with a polynomial p.
#[cfg_attr(not(unoptimised), inline(always))]
fn shortfall_f32(f: f32) -> f32 {
    let square = f * f;
    let p = polynomial!(
        f,
        square,
        [
            0.3333333,
            -0.25000823,
            0.2000123,
            -0.16623354,
            0.1420171,
            -0.13160177,
            0.12761867,
            -0.076348186
        ]
    );
    0.5 * square - f * square * p
}

/// d(f) = f - ln(1 + f), computed as f^2 / 2 - s (f^2 / 2 + s^2 p(s^2)) with s = f / (2 + f) and a
/// polynomial p. This form follows from ln(1 + f) = 2 artanh s. Without s, a polynomial in f would
/// need three times as many terms as p.
#[cfg_attr(not(unoptimised), inline(always))]
fn shortfall_f64(f: f64) -> f64 {
    let s = f / (2.0 + f);
    let z = s * s;
    let square = z * z;
    let p = polynomial!(
        z,
        square,
        [
            0.6666666666666666,
            0.4000000000000624,
            0.2857142856908738,
            0.2222222264661042,
            0.1818177567863955,
            0.15387090225465336,
            0.13250129671319769,
            0.1325122566189974
        ]
    );
    let half_square = 0.5 * f * f;
    half_square - s * (half_square + z * p)
}

macro_rules! logarithms {
    ($ln:ident, $log1p:ident, $of_normal:ident, $shortfall:ident, $t:ident, $bits:ident:
        mantissa $mantissa:literal, one $one:literal, bias $bias:literal,
        ln_2 $ln_2:literal + $ln_2_rest:literal, tiny $tiny:literal) => {
        /// ln x + ln 2^`shift` + `correction`, for a positive, normal and finite x.
        #[cfg_attr(not(unoptimised), inline(always))]
        fn $of_normal(x: $t, shift: $t, correction: $t) -> $t {
            const ROOT_OF_HALF: $bits = core::$t::consts::FRAC_1_SQRT_2.to_bits();
            // The bits of x are the bits of 1 + f, with e added to their exponent field. So in
            // `beyond` the upper bits are e, and the lower bits are the distance of 1 + f from the
            // root of 1/2.
            let beyond = x.to_bits().wrapping_sub(ROOT_OF_HALF);
            let f = <$t>::from_bits((beyond & ((1 << $mantissa) - 1)) + ROOT_OF_HALF) - 1.0;
            // The unit in the last place of `$one` is 1, so or-ing an integer into its mantissa
            // adds that integer.
            let biased = beyond.wrapping_add($bias << $mantissa) >> $mantissa;
            let e = <$t>::from_bits(biased | $t::to_bits($one)) - (($one + $bias as $t) - shift);
            let leading = e * $ln_2;
            let sum = leading + f;
            let rounded_off = f - (sum - leading);
            sum - ($shortfall(f) - (rounded_off + (e * $ln_2_rest + correction)))
        }

        /// The natural logarithm.
        #[cfg_attr(not(unoptimised), inline(always))]
        pub(crate) fn $ln(x: $t) -> $t {
            let subnormal = x < <$t>::MIN_POSITIVE;
            let scaled = if subnormal { x * $one } else { x };
            let shift = if subnormal { -($mantissa as $t) } else { 0.0 };
            let y = $of_normal(scaled, shift, 0.0);
            let y = if x == <$t>::INFINITY { x } else { y };
            let limit = if x == 0.0 { <$t>::NEG_INFINITY } else { <$t>::NAN };
            if x > 0.0 { y } else { limit }
        }

        /// The natural logarithm of 1 + x.
        #[cfg_attr(not(unoptimised), inline(always))]
        pub(crate) fn $log1p(x: $t) -> $t {
            let sum = 1.0 + x;
            // The exact rounding error of `sum` (Knuth's two-sum).
            let addend = sum - 1.0;
            let rounded_off = (1.0 - (sum - addend)) + (x - addend);
            let y = $of_normal(sum, 0.0, rounded_off / sum);
            let y = if sum == <$t>::INFINITY { sum } else { y };
            let limit = if sum == 0.0 { <$t>::NEG_INFINITY } else { <$t>::NAN };
            let y = if sum > 0.0 { y } else { limit };
            // For tiny x the result is x itself. This also keeps the sign of -0.0, for which `y` is
            // +0.0.
            if x.abs() < $tiny { x } else { y }
        }
    };
}

logarithms! {
    ln_f32, log1p_f32, of_normal_f32, shortfall_f32, f32, u32:
    mantissa 23, one 8388608.0, bias 128, ln_2 0.69314575 + 1.4286068e-6, tiny 2.9802322e-8
}
logarithms! {
    ln_f64, log1p_f64, of_normal_f64, shortfall_f64, f64, u64:
    mantissa 52, one 4503599627370496.0, bias 1024, ln_2 0.6931471805598903 + 5.497923018708371e-14,
    tiny 5.551115123125783e-17
}
