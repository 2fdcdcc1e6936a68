//! `f16` and `bf16` as elements, with the feature `half`. They take half the memory of `f32`, and
//! are computed in `f32`.
//!
//! Each operation converts its operands to `f32`, which is exact, computes in `f32`, and rounds the
//! result to the half type. For sums, products, quotients and square roots this second rounding
//! does no harm, and the result is correctly rounded. The reason is that the 24 bits of precision
//! of `f32` are at least two more than twice the 11 bits of `f16` or the 8 bits of `bf16`
//! (Figueroa, "When is double rounding innocuous?", 1995). Reductions and matrix products
//! accumulate in `f32` and round their final result only.

use core::fmt;

use half::{bf16, f16};

use super::{Element, Float, Numeric, Signed, StandIn, sealed};
use crate::math::functions_of_floats;

/// Conversions between a half type and `f32`. They are written without branches, so that loops over
/// them vectorise, and their results have the same bits on every target.
trait Half: Copy {
    /// The same number as an `f32`.
    fn wide(self) -> f32;
    /// The half nearest to `x`; of two that are equally near, the one whose last bit is 0.
    fn narrow(x: f32) -> Self;
}

impl Half for f16 {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn wide(self) -> f32 {
        const INFINITE: u32 = 0x7c00 << 13;
        let bits = u32::from(self.to_bits());
        // 1. Move the bits of the exponent and of the mantissa to their places in `f32`.
        // 2. Add the difference of the two exponent biases, and for an infinity or a NaN add it
        //    twice.
        // 3. Give a subnormal number the exponent of the least normal `f16`, then subtract that
        //    least number as a float.
        let unbiased = (bits & 0x7fff) << 13;
        let biased = unbiased + ((127 - 15) << 23);
        let infinite = biased + ((127 - 15) << 23);
        let subnormal = (f32::from_bits(biased + (1 << 23)) - f32::from_bits(113 << 23)).to_bits();
        let exponent = unbiased & INFINITE;
        let magnitude = if exponent == INFINITE {
            infinite
        } else if exponent == 0 {
            subnormal
        } else {
            biased
        };
        f32::from_bits(magnitude | (bits & 0x8000) << 16)
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn narrow(x: f32) -> Self {
        /// The bits in `f32` of 2^16, the first power of 2 that is too large for `f16`.
        const HUGE: u32 = (127 + 16) << 23;
        /// The bits of 0.5 in `f32`. The last bit of 0.5 has the value 2^-24, the least subnormal
        /// `f16`. So the sum of 0.5 and a number that is subnormal in `f16` is rounded as `f16`
        /// rounds this number.
        const HALF: u32 = ((127 - 15) + (23 - 10) + 1) << 23;
        let bits = x.to_bits();
        let sign = (bits & 0x8000_0000) >> 16;
        let magnitude = bits & 0x7fff_ffff;
        let huge = if magnitude > f32::INFINITY.to_bits() { 0x7e00 } else { 0x7c00 };
        let subnormal =
            (f32::from_bits(magnitude) + f32::from_bits(HALF)).to_bits().wrapping_sub(HALF);
        // The last 13 bits are dropped. Before that, half the value of the lowest bit that is not
        // dropped is added, less 1 if that bit is 0. So of two equally near numbers the even one is
        // selected.
        let odd = magnitude >> 13 & 1;
        let normal = magnitude.wrapping_sub((127 - 15) << 23).wrapping_add(0xfff + odd) >> 13;
        let nearest = if magnitude >= HUGE {
            huge
        } else if magnitude < 113 << 23 {
            subnormal
        } else {
            normal
        };
        f16::from_bits((nearest | sign) as u16)
    }
}

impl Half for bf16 {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn wide(self) -> f32 {
        f32::from_bits(u32::from(self.to_bits()) << 16)
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn narrow(x: f32) -> Self {
        let bits = x.to_bits();
        let odd = bits >> 16 & 1;
        let nearest = bits.wrapping_add(0x7fff + odd) >> 16;
        // A NaN that loses its lower 16 bits could become an infinity, so one bit of the mantissa
        // is set.
        let quiet = bits >> 16 | 0x40;
        bf16::from_bits(if x.is_nan() { quiet } else { nearest } as u16)
    }
}

/// `x` rounded to odd: the bits that `f32` lacks are dropped, and the last bit that is kept becomes
/// 1 if any dropped bit was 1. The half nearest to the result is then the half nearest to `x`. If
/// `x` were rounded to the nearest `f32` instead, the half nearest to that could be a neighbour of
/// the half nearest to `x`. (Boldo and Melquiond, "When double rounding is odd", 2005.)
const fn to_odd(x: f64) -> f32 {
    let near = x as f32;
    let (back, bits) = ((near as f64).abs(), near.to_bits());
    // If the last bit of `near` is 1, `near` is the result. For a NaN both comparisons below are
    // false, so the result is `near` too.
    if bits & 1 == 1 {
        near
    } else if back > x.abs() {
        f32::from_bits(bits - 1)
    } else if back < x.abs() {
        f32::from_bits(bits + 1)
    } else {
        near
    }
}

/// The `f16` nearest to `x`; of two that are equally near, the one whose last bit is 0.
pub(crate) const fn nearest_f16(x: f64) -> f16 {
    f16::from_f32_const(to_odd(x))
}
/// The `bf16` nearest to `x`; of two that are equally near, the one whose last bit is 0.
pub(crate) const fn nearest_bf16(x: f64) -> bf16 {
    bf16::from_f32_const(to_odd(x))
}

/// A buffer for the text of a number with few decimal digits and an exponent.
#[derive(Default)]
struct Digits {
    text: [u8; 24],
    len: usize,
}
impl fmt::Write for Digits {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        let slot = self.text.get_mut(self.len..self.len + part.len()).ok_or(fmt::Error)?;
        slot.copy_from_slice(part.as_bytes());
        self.len += part.len();
        Ok(())
    }
}

/// The number with the fewest decimal digits that rounds to `half`. Five digits always suffice.
fn shortest<T: Half + PartialEq>(half: T) -> f32 {
    let exact = half.wide();
    let with = |decimals: usize| {
        let mut digits = Digits::default();
        fmt::write(&mut digits, format_args!("{exact:.decimals$e}")).ok()?;
        let near: f32 = core::str::from_utf8(&digits.text[..digits.len]).ok()?.parse().ok()?;
        (T::narrow(near) == half).then_some(near)
    };
    // For a NaN the search finds nothing, because a NaN equals no number. Then `exact` is the
    // result.
    (0..5).find_map(with).unwrap_or(exact)
}

/// Defines the methods of a half type for the functions in `math/functions.rs`: the results of the
/// methods of `f32`, rounded.
macro_rules! of_halves {
    ($($(#[$_doc:meta])* $name:ident $_node:ident by $_module:ident($_of_f32:ident, $_of_f64:ident)
        $(, $_weight:ident)? $(, within $_ulp:tt)?;)*) => {$(
        #[cfg_attr(not(unoptimised), inline(always))]
        fn $name(self) -> Self { Half::narrow(Float::$name(self.wide())) }
    )*};
}

macro_rules! halves {
    ($($t:ident, $dtype:literal, $unit:literal;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl sealed::Sealed for $t {
            type Shown = f32;
            const NAME_IN_FILES: &'static str = $dtype;
            fn shown(self) -> f32 {
                shortest(self)
            }
        }
        #[diagnostic::do_not_recommend]
        impl Element for $t {
            const ZERO: $t = $t::ZERO;
        }
        #[diagnostic::do_not_recommend]
        impl StandIn for $t {
            type Numeric = f32;
            type Signed = f32;
            type Float = f32;
            type Integer = i32;
            #[cfg_attr(not(unoptimised), inline(always))]
            fn integer(self) -> i32 { self.wide() as i32 }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn of_integer(x: i32) -> $t { Half::narrow(x as f32) }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn numeric(self) -> f32 { self.wide() }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn of_numeric(x: f32) -> $t { Half::narrow(x) }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn signed(self) -> f32 { self.wide() }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn of_signed(x: f32) -> $t { Half::narrow(x) }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn float(self) -> f32 { self.wide() }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn of_float(x: f32) -> $t { Half::narrow(x) }
        }
        #[diagnostic::do_not_recommend]
        impl Numeric for $t {
            const ONE: $t = $t::ONE;
            const MINIMUM: $t = $t::NEG_INFINITY;
            const MAXIMUM: $t = $t::INFINITY;
            const ADDITIVE_IDENTITY: $t = $t::NEG_ZERO;
            halves! { @two $t, plus minus times divided remainder minimum maximum }
        }
        #[diagnostic::do_not_recommend]
        impl Signed for $t {
            #[cfg_attr(not(unoptimised), inline(always))]
            fn negated(self) -> $t { $t::from_bits(self.to_bits() ^ 0x8000) }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn abs(self) -> $t { $t::from_bits(self.to_bits() & 0x7fff) }
        }
        #[diagnostic::do_not_recommend]
        impl Float for $t {
            const NAN: $t = $t::NAN;
            const SQUARE_UNIT: $t = $t::from_bits($unit);
            #[cfg_attr(not(unoptimised), inline(always))]
            fn of_count(n: usize) -> $t { Half::narrow(n as f32) }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn of_f64(x: f64) -> $t { $t::from_f64(x) }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn powf(self, exponent: $t) -> $t { Half::narrow(Float::powf(self.wide(), exponent.wide())) }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn powi(self, exponent: i32) -> $t { Half::narrow(Float::powi(self.wide(), exponent)) }
            functions_of_floats! { of_halves }
        }
    )*};
    (@two $t:ident, $($function:ident)*) => {$(
        #[cfg_attr(not(unoptimised), inline(always))]
        fn $function(self, rhs: $t) -> $t { Half::narrow(Numeric::$function(self.wide(), rhs.wide())) }
    )*};
}
halves! {
    // The last number of a row is the bits of `SQUARE_UNIT`, which is 2^8 for `f16` and 2^98 for
    // `bf16`.
    f16, "F16", 0x5c00;
    bf16, "BF16", 0x7080;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// For every half: the half itself, the number halfway to the next half, and 1.25 times the
    /// half; and the `f32` numbers directly above and below each of these three.
    fn near(all: impl Fn(u16) -> f32) -> impl Iterator<Item = f32> {
        let between = move |bits: u16| {
            let (low, high) = (f64::from(all(bits)), f64::from(all(bits.wrapping_add(1))));
            [low as f32, ((low + high) / 2.0) as f32, (low * 1.25) as f32]
        };
        (0..=u16::MAX).flat_map(between).flat_map(|x| {
            let bits = x.to_bits();
            [bits, bits.wrapping_add(1), bits.wrapping_sub(1)].map(f32::from_bits)
        })
    }

    #[test]
    fn f16_converts_as_the_crate_half_does() {
        for bits in 0..=u16::MAX {
            let (ours, theirs) = (f16::from_bits(bits).wide(), f16::from_bits(bits).to_f32_const());
            assert!(
                ours.to_bits() == theirs.to_bits() || ours.is_nan() && theirs.is_nan(),
                "{bits:x}"
            );
        }
        for x in near(|bits| f16::from_bits(bits).to_f32_const()) {
            let (ours, theirs) = (<f16 as Half>::narrow(x), f16::from_f32_const(x));
            assert!(
                ours.to_bits() == theirs.to_bits() || ours.is_nan() && theirs.is_nan(),
                "{x:e}"
            );
        }
    }

    #[test]
    fn bf16_converts_as_the_crate_half_does() {
        for bits in 0..=u16::MAX {
            let (ours, theirs) =
                (bf16::from_bits(bits).wide(), bf16::from_bits(bits).to_f32_const());
            assert!(
                ours.to_bits() == theirs.to_bits() || ours.is_nan() && theirs.is_nan(),
                "{bits:x}"
            );
        }
        for x in near(|bits| bf16::from_bits(bits).to_f32_const()) {
            let (ours, theirs) = (<bf16 as Half>::narrow(x), bf16::from_f32_const(x));
            assert!(
                ours.to_bits() == theirs.to_bits() || ours.is_nan() && theirs.is_nan(),
                "{x:e}"
            );
        }
    }
}
