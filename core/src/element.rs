//! The element types, and the traits that say which operations each type has. Integers wrap, as in
//! NumPy, so that no operation can panic. To add an integer type, add a row to `table.rs`.

use core::fmt::{Debug, Display};

use crate::math::{functions_of_floats, order, power};
use crate::run::level::HAS_VECTORS;

#[cfg(feature = "half")]
mod half;
mod integer;
mod stand_in;
mod table;
mod widened;

#[cfg(feature = "half")]
pub(crate) use half::{nearest_bf16, nearest_f16};
pub use integer::Integer;
pub(crate) use stand_in::{NumericOf, StandIn, stand_in};
pub(crate) use table::{each_integer, each_integer_type};

mod sealed {
    #[diagnostic::on_unimplemented(
        message = "`{Self}` cannot be an element type: element types are sealed",
        label = "element types are sealed",
        note = "the element types are `f32 f64 i8 i16 i32 i64 isize u8 u16 u32 u64 usize bool`, and with the feature `half` `f16 bf16`"
    )]
    pub trait Sealed: super::StandIn + super::widened::Widen {
        /// The type that is printed in place of an element: `f32` for a half, otherwise the element
        /// type itself.
        type Shown: super::Debug + super::Display;
        /// The name of the element type in `.safetensors` files, or its name in Rust if those files
        /// have no such type.
        const NAME_IN_FILES: &'static str;
        /// The value to print for `self`: the number with the shortest text that is parsed as
        /// `self` again.
        fn shown(self) -> Self::Shown;
    }
}

/// A type that arrays hold: `f32`, `f64`, an [`Integer`], `bool`, and with the feature `half` `f16`
/// and `bf16`.
///
/// `f16` and `bf16` take half the memory of `f32`, and are computed in `f32`. Each elementwise
/// operation rounds its result to the half type; a reduction, a product of matrices or a softmax
/// rounds its final result only.
///
/// The trait is sealed, as the kernels rely on zero bytes being a valid element.
///
/// ```
/// use shapewright::Element;
/// assert_eq!(f32::ZERO, 0.0);
/// ```
#[doc(alias("dtype", "Scalar"))]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an element type",
    label = "arrays hold numbers and `bool`",
    note = "the element types are `f32 f64 i8 i16 i32 i64 isize u8 u16 u32 u64 usize bool`, and with the feature `half` `f16 bf16`"
)]
pub trait Element:
    sealed::Sealed + Copy + Debug + Display + PartialEq + PartialOrd + Default + Send + Sync + 'static
{
    /// Zero, or `false`.
    const ZERO: Self;
}

/// A number: every element type except `bool`.
///
/// ```
/// use shapewright::Numeric;
/// assert_eq!(200u8.plus(100), 44);
/// assert_eq!(7i32.divided(0), 0);
/// ```
#[diagnostic::on_unimplemented(
    message = "elements of type `{Self}` do not do arithmetic",
    label = "not a number",
    note = "a bool array counts by `.count_nonzero()` and selects by `.where_(1.0, 0.0)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Elements\""
)]
pub trait Numeric: Element {
    /// One.
    const ONE: Self;
    /// The smallest value of the type: minus infinity for floats.
    const MINIMUM: Self;
    /// The largest value of the type: infinity for floats.
    const MAXIMUM: Self;
    /// The number that leaves every number unchanged when it is added: -0.0 for floats.
    const ADDITIVE_IDENTITY: Self;
    /// Whether this crate contains compiled matrix products for elements of this type.
    #[doc(hidden)]
    const HAS_PRODUCTS: bool = false;
    /// `self + rhs`; integers wrap.
    fn plus(self, rhs: Self) -> Self;
    /// `self - rhs`; integers wrap.
    fn minus(self, rhs: Self) -> Self;
    /// `self * rhs`; integers wrap.
    fn times(self, rhs: Self) -> Self;
    /// `self / rhs`. The quotient of two integers is truncated, and is 0 if `rhs` is 0.
    fn divided(self, rhs: Self) -> Self;
    /// `self % rhs` with the sign of `self`, as Rust's `%` and NumPy's `fmod` (NumPy's `remainder`
    /// has the sign of `rhs`). For integers the result is 0 if `rhs` is 0.
    fn remainder(self, rhs: Self) -> Self;
    /// The smaller of the two; NaN if either is NaN, and -0.0 < +0.0.
    fn minimum(self, rhs: Self) -> Self;
    /// The larger of the two; NaN if either is NaN, and -0.0 < +0.0.
    fn maximum(self, rhs: Self) -> Self;
}

/// A number with a sign: floats and signed integers.
///
/// ```
/// use shapewright::Signed;
/// assert_eq!(Signed::abs(-3i32), 3);
/// assert_eq!(i8::MIN.negated(), i8::MIN);
/// ```
#[diagnostic::on_unimplemented(
    message = "elements of type `{Self}` have no sign",
    label = "not a signed number",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Elements\""
)]
pub trait Signed: Numeric {
    /// `-self`; integers wrap.
    fn negated(self) -> Self;
    /// `|self|`; integers wrap.
    fn abs(self) -> Self;
}

/// Declares one method for each function in `math/functions.rs`.
macro_rules! declared {
    ($($(#[$_doc:meta])* $name:ident $_node:ident by $_module:ident($_of_f32:ident, $_of_f64:ident)
        $(, $_weight:ident)? $(, within $_ulp:tt)?;)*) => {$(
        #[doc = concat!("As [`", stringify!($name), "`](crate::ops::Elementwise::", stringify!($name), ") of tensors, of one number.")]
        fn $name(self) -> Self;
    )*};
}

/// `f32` or `f64`, and with the feature `half` `f16` or `bf16`.
///
/// ```
/// use shapewright::Float;
/// assert_eq!(Float::sqrt(4.0f32), 2.0);
/// ```
///
/// The results of the functions have the same bits on every target, except that the bits of a NaN
/// may differ; [their accuracy](crate::accuracy) is stated in ULP. If the type of `x` is known to
/// be `f32` or `f64`, `x.exp()` calls the function of the standard library, whose results differ by
/// target. To call the function of this trait, write `Float::exp(x)`.
#[diagnostic::on_unimplemented(
    message = "elements of type `{Self}` are not floating-point numbers",
    label = "needs `f32` or `f64`",
    note = "whole numbers are converted by `.map(|x| x as f32)`; a mask counts by `.count_nonzero()` and becomes numbers by `.where_(1.0, 0.0)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Elements\""
)]
pub trait Float: Signed {
    /// A NaN.
    const NAN: Self;
    /// A power of 2. If the squares of elements would overflow, statistics first divide the
    /// elements by this number, so that the squares of the quotients are finite. In `f32` and
    /// `f64`, the square of a number of a magnitude below `1 / SQUARE_UNIT` is rounded to 0.
    const SQUARE_UNIT: Self;
    /// `self * b + c`, for `f32` and `f64` rounded once.
    #[cfg(all(feature = "std", any(target_arch = "x86", target_arch = "x86_64")))]
    #[doc(hidden)]
    fn times_plus(self, b: Self, c: Self) -> Self {
        self.times(b).plus(c)
    }
    /// The nearest value to `n`.
    fn of_count(n: usize) -> Self;
    /// The nearest value to `x`.
    fn of_f64(x: f64) -> Self;
    functions_of_floats! { declared }
    /// `self` to the power `exponent`, with the special cases of C99.
    fn powf(self, exponent: Self) -> Self;
    /// `self` to the power `exponent`. For `f32` and exponents from -7 to 7, the power is computed
    /// by multiplication.
    fn powi(self, exponent: i32) -> Self;
}

/// An element with the operators `& | ^ !`: `bool`, and integers, to which they apply bit by bit.
///
/// ```
/// use shapewright::Bitwise;
/// assert_eq!(true.and(false), false);
/// ```
#[diagnostic::on_unimplemented(
    message = "elements of type `{Self}` have no bit operations",
    label = "needs `bool` or an integer",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Elements\""
)]
pub trait Bitwise: Element {
    /// `self & rhs`.
    fn and(self, rhs: Self) -> Self;
    /// `self | rhs`.
    fn or(self, rhs: Self) -> Self;
    /// `self ^ rhs`.
    fn xor(self, rhs: Self) -> Self;
    /// `!self`.
    fn inverted(self) -> Self;
}

/// An element that is true or false: `bool`.
///
/// ```
/// use shapewright::{Length, Mask, Tensor, prelude::*, tensor};
/// fn share<M: Mask, N: Length>(mask: &Tensor<M, (N,)>) -> f32 {
///     mask.where_(1.0f32, 0.0).mean()
/// }
/// assert_eq!(share(&tensor![true, false]), 0.5);
/// ```
#[diagnostic::on_unimplemented(
    message = "a mask has elements of type `bool`, not `{Self}`: only masks have `where_`, `all` and `any`",
    label = "not a mask",
    note = "a comparison makes a mask: `x.greater(0.0).where_(&x, 0.0)`, `x.greater(0.0).all()`"
)]
pub trait Mask: Element {}
#[diagnostic::do_not_recommend]
impl Mask for bool {}

macro_rules! elements {
    ($($t:ty, $zero:expr, $dtype:literal;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl sealed::Sealed for $t {
            type Shown = $t;
            const NAME_IN_FILES: &'static str = $dtype;
            fn shown(self) -> $t {
                self
            }
        }
        #[diagnostic::do_not_recommend]
        impl Element for $t {
            const ZERO: $t = $zero;
        }
    )*};
}
elements! {
    f32, 0.0, "F32"; f64, 0.0, "F64"; bool, false, "BOOL";
}
macro_rules! integers_are_elements {
    ($($t:ident: $_sign:ident, beside $_unsigned:ident $_signed:ident, twice $_twice:tt,
        named $name:literal, fits $_wide:tt $_half:tt;)*) => {
        elements! { $($t, 0, $name;)* }
    };
}
each_integer! { integers_are_elements }

macro_rules! bitwise {
    ($($t:ty)*) => {$(
        #[diagnostic::do_not_recommend]
        impl Bitwise for $t {
            #[cfg_attr(not(unoptimised), inline(always))]
            fn and(self, rhs: $t) -> $t { self & rhs }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn or(self, rhs: $t) -> $t { self | rhs }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn xor(self, rhs: $t) -> $t { self ^ rhs }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn inverted(self) -> $t { !self }
        }
    )*};
}
bitwise! { bool }
each_integer_type! { bitwise }

macro_rules! integers_are_numeric {
    ($($t:ident)*) => {$(
        #[diagnostic::do_not_recommend]
        impl Numeric for $t {
            const ONE: $t = 1;
            const MINIMUM: $t = <$t>::MIN;
            const MAXIMUM: $t = <$t>::MAX;
            const ADDITIVE_IDENTITY: $t = 0;
            #[cfg_attr(not(unoptimised), inline(always))]
            fn plus(self, rhs: $t) -> $t { self.wrapping_add(rhs) }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn minus(self, rhs: $t) -> $t { self.wrapping_sub(rhs) }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn times(self, rhs: $t) -> $t { self.wrapping_mul(rhs) }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn divided(self, rhs: $t) -> $t { if rhs == 0 { 0 } else { self.wrapping_div(rhs) } }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn remainder(self, rhs: $t) -> $t { if rhs == 0 { 0 } else { self.wrapping_rem(rhs) } }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn minimum(self, rhs: $t) -> $t { if rhs < self { rhs } else { self } }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn maximum(self, rhs: $t) -> $t { if rhs > self { rhs } else { self } }
        }
    )*};
}
each_integer_type! { integers_are_numeric }

macro_rules! signed_integers_are_signed {
    ($($t:ident: $sign:ident, beside $_unsigned:ident $_signed:ident, twice $_twice:tt,
        named $_name:literal, fits $_wide:tt $_half:tt;)*) => {
        $(signed_integers_are_signed! { @$sign $t })*
    };
    (@unsigned $t:ident) => {};
    (@signed $t:ident) => {
        #[diagnostic::do_not_recommend]
        impl Signed for $t {
            #[cfg_attr(not(unoptimised), inline(always))]
            fn negated(self) -> $t { self.wrapping_neg() }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn abs(self) -> $t { self.wrapping_abs() }
        }
    };
}
each_integer! { signed_integers_are_signed }

/// Defines the methods of `f32` for the functions in `math/functions.rs`; `of_f64` defines the
/// methods of `f64`.
macro_rules! of_f32 {
    ($($(#[$_doc:meta])* $name:ident $_node:ident by $module:ident($of_f32:ident, $_of_f64:ident)
        $(, $_weight:ident)? $(, within $_ulp:tt)?;)*) => {$(
        #[cfg_attr(not(unoptimised), inline(always))]
        fn $name(self) -> f32 { crate::math::$module::$of_f32(self) }
    )*};
}
macro_rules! of_f64 {
    ($($(#[$_doc:meta])* $name:ident $_node:ident by $module:ident($_of_f32:ident, $of_f64:ident)
        $(, $_weight:ident)? $(, within $_ulp:tt)?;)*) => {$(
        #[cfg_attr(not(unoptimised), inline(always))]
        fn $name(self) -> f64 { crate::math::$module::$of_f64(self) }
    )*};
}
macro_rules! floats {
    ($($t:ident, $defined:ident, $unit:literal: $pow:ident $powi:ident $minimum:ident $maximum:ident;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl Numeric for $t {
            const ONE: $t = 1.0;
            const HAS_PRODUCTS: bool = true;
            const MINIMUM: $t = <$t>::NEG_INFINITY;
            const MAXIMUM: $t = <$t>::INFINITY;
            const ADDITIVE_IDENTITY: $t = -0.0;
            #[cfg_attr(not(unoptimised), inline(always))]
            fn plus(self, rhs: $t) -> $t { self + rhs }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn minus(self, rhs: $t) -> $t { self - rhs }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn times(self, rhs: $t) -> $t { self * rhs }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn divided(self, rhs: $t) -> $t { self / rhs }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn remainder(self, rhs: $t) -> $t { self % rhs }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn minimum(self, rhs: $t) -> $t {
                // In the last line `a` and `b` have the same bits, except in two cases. If they are
                // zeros of different signs, the bitwise "or" makes -0.0 of them. If `self` or `rhs`
                // is a NaN, the bitwise "or" makes a NaN.
                if const { !HAS_VECTORS } {
                    return order::$minimum(self, rhs);
                }
                let (a, b) = (if self < rhs { self } else { rhs }, if rhs < self { rhs } else { self });
                <$t>::from_bits(a.to_bits() | b.to_bits())
            }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn maximum(self, rhs: $t) -> $t {
                if const { !HAS_VECTORS } {
                    return order::$maximum(self, rhs);
                }
                let (a, b) = (if self > rhs { self } else { rhs }, if rhs > self { rhs } else { self });
                // `a` and `b` have the same bits, except in two cases. If they are zeros of
                // different signs, the bitwise "and" makes +0.0 of them. If `self` or `rhs` is a
                // NaN, the bitwise "and" may make a number, so the last line tests for a NaN.
                let greatest = <$t>::from_bits(a.to_bits() & b.to_bits());
                if self.is_nan() || rhs.is_nan() { <$t>::NAN } else { greatest }
            }
        }
        #[diagnostic::do_not_recommend]
        impl Signed for $t {
            #[cfg_attr(not(unoptimised), inline(always))]
            fn negated(self) -> $t { -self }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn abs(self) -> $t { self.abs() }
        }
        #[diagnostic::do_not_recommend]
        impl Float for $t {
            const NAN: $t = <$t>::NAN;
            const SQUARE_UNIT: $t = <$t>::from_bits($unit << (<$t>::MANTISSA_DIGITS - 1));
            #[cfg(all(feature = "std", any(target_arch = "x86", target_arch = "x86_64")))]
            #[cfg_attr(not(unoptimised), inline(always))]
            #[expect(clippy::disallowed_methods, reason = "this one has the same bits everywhere")]
            fn times_plus(self, b: $t, c: $t) -> $t { <$t>::mul_add(self, b, c) }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn of_count(n: usize) -> $t { n as $t }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn of_f64(x: f64) -> $t { x as $t }
            functions_of_floats! { $defined }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn powf(self, exponent: $t) -> $t { power::$pow(self, exponent) }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn powi(self, exponent: i32) -> $t { power::$powi(self, exponent) }
        }
    )*};
}
floats! {
    // The numbers 225 and 1569 are the biased exponents of `SQUARE_UNIT`: of 2^98 and of 2^546.
    f32, of_f32, 225: pow_f32 powi_f32 minimum_f32 maximum_f32;
    f64, of_f64, 1569: pow_f64 powi_f64 minimum_f64 maximum_f64;
}

#[cfg(test)]
mod tests {
    use super::each_integer_type;

    /// The notes of `Sealed` and `Element` list the element types, as the text of an attribute
    /// cannot be made by a macro. In both the integers are those of the table.
    #[test]
    fn notes_list_the_integer_types() {
        macro_rules! listed {
            ($($t:ident)*) => {
                concat!("note = \"the element types are `f32 f64 ", $(stringify!($t), " ",)* "bool`,")
            };
        }
        let notes = each_integer_type! { listed };
        assert_eq!(include_str!("element.rs").matches(notes).count(), 2, "{notes}");
    }
}
