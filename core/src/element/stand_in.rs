//! What stands for an element in functions that it lacks.
//!
//! A method asks for the functions that it computes with: `sqrt` for [`Float`]. The node of the expression that it gives does not, so that
//! it is an expression whatever its elements, and the compiler tells a mistake at the method, once, and not again at each method
//! after it. So nodes compute with what stands for the element: itself where it has the functions, as it has wherever anything is
//! computed, and else a number. For a half that is `f32` always: what it is computed with.

use super::{Float, Integer, Numeric, Signed, each_integer};

/// An element and what stands for it.
pub trait StandIn: Copy {
    /// The element itself where it adds and multiplies; `f32` for a half, as of the others.
    type Numeric: Numeric;
    /// The element itself where it has a sign.
    type Signed: Signed;
    /// The element itself where it is floating-point.
    type Float: Float;
    /// The element itself where it is an integer.
    type Integer: Integer;
    /// What stands for the element where it adds and multiplies.
    fn numeric(self) -> Self::Numeric;
    /// The element that it stands for.
    fn of_numeric(x: Self::Numeric) -> Self;
    /// What stands for the element where it has a sign.
    fn signed(self) -> Self::Signed;
    /// The element that it stands for.
    fn of_signed(x: Self::Signed) -> Self;
    /// What stands for the element where it is floating-point.
    fn float(self) -> Self::Float;
    /// The element that it stands for.
    fn of_float(x: Self::Float) -> Self;
    /// What stands for the element where it is an integer.
    fn integer(self) -> Self::Integer;
    /// The element that it stands for.
    fn of_integer(x: Self::Integer) -> Self;
}

/// The stand-in of an element that adds and multiplies.
pub(crate) type NumericOf<T> = <T as StandIn>::Numeric;

macro_rules! stand_ins {
    ($($t:ty: $numeric:ty, $signed:ty, $float:ty, $integer:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        #[allow(clippy::unnecessary_cast, reason = "most elements stand for themselves")]
        impl StandIn for $t {
            type Numeric = $numeric;
            type Signed = $signed;
            type Float = $float;
            type Integer = $integer;
            stand_ins!(@both $t, numeric of_numeric $numeric, signed of_signed $signed, float of_float $float, integer of_integer $integer);
        }
    )*};
    (@both $t:ty, $($to:ident $of:ident $stand_in:ty),*) => {$(
        #[cfg_attr(not(unoptimised), inline(always))]
        fn $to(self) -> $stand_in {
            self as $stand_in
        }
        #[cfg_attr(not(unoptimised), inline(always))]
        fn $of(x: $stand_in) -> $t {
            x as $t
        }
    )*};
}
stand_ins! {
    f32: f32, f32, f32, i32; f64: f64, f64, f64, i64;
}
macro_rules! stand_ins_of_integers {
    ($($t:ident: $_sign:ident, beside $_unsigned:ident $signed:ident, twice $_twice:tt,
        named $_name:literal, fits $_wide:tt $_half:tt;)*) => {
        stand_ins! { $($t: $t, $signed, f64, $t;)* }
    };
}
each_integer! { stand_ins_of_integers }
#[diagnostic::do_not_recommend]
impl StandIn for bool {
    type Numeric = u8;
    type Signed = i8;
    type Float = f64;
    type Integer = u8;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn numeric(self) -> u8 {
        self.into()
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn of_numeric(x: u8) -> bool {
        x != 0
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn signed(self) -> i8 {
        self.into()
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn of_signed(x: i8) -> bool {
        x != 0
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn float(self) -> f64 {
        self.into()
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn of_float(x: f64) -> bool {
        x != 0.0
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn integer(self) -> u8 {
        self.into()
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn of_integer(x: u8) -> bool {
        x != 0
    }
}

/// What stands for an element of type `T` where a function is of elements that are `Numeric`, `Signed` or `Float`: its type; it, for an
/// element `x`; and the element that it stands for.
macro_rules! stand_in {
    ($bound:ident, $t:ty) => {
        <$t as StandIn>::$bound
    };
    (Numeric, $t:ty, of $x:expr) => {
        <$t as StandIn>::numeric($x)
    };
    (Signed, $t:ty, of $x:expr) => {
        <$t as StandIn>::signed($x)
    };
    (Float, $t:ty, of $x:expr) => {
        <$t as StandIn>::float($x)
    };
    (Numeric, $t:ty, as $x:expr) => {
        <$t as StandIn>::of_numeric($x)
    };
    (Signed, $t:ty, as $x:expr) => {
        <$t as StandIn>::of_signed($x)
    };
    (Float, $t:ty, as $x:expr) => {
        <$t as StandIn>::of_float($x)
    };
}
pub(crate) use stand_in;
