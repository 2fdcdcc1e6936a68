//! The stand-in of an element: the type in which a node computes.
//!
//! A method requires the trait that it computes with: `sqrt` requires [`Float`]. The node that the
//! method returns does not require the trait: it is an expression for elements of every type. So a
//! mistake is reported once, at the method, and not again at each method that is called on the
//! result.
//!
//! A node therefore computes with the element's stand-in. If the element type has the trait, the
//! stand-in is that type itself. Otherwise the stand-in is some type with the trait; no program
//! computes with it, because the method does not compile. The stand-in of a half is always `f32`,
//! the type that halves are computed in.

use super::{Float, Integer, Numeric, Signed, each_integer};

/// An element and its stand-ins, one for each trait of numbers.
pub trait StandIn: Copy {
    /// The element type itself if it is `Numeric`. For a half, this type, `Signed` and `Float` are
    /// `f32`.
    type Numeric: Numeric;
    /// The element type itself if it is `Signed`.
    type Signed: Signed;
    /// The element type itself if it is a `Float`.
    type Float: Float;
    /// The element type itself if it is an `Integer`.
    type Integer: Integer;
    /// Converts `self` to its numeric stand-in.
    fn numeric(self) -> Self::Numeric;
    /// Converts the stand-in `x` back to an element.
    fn of_numeric(x: Self::Numeric) -> Self;
    /// Converts `self` to its signed stand-in.
    fn signed(self) -> Self::Signed;
    /// Converts the stand-in `x` back to an element.
    fn of_signed(x: Self::Signed) -> Self;
    /// Converts `self` to its float stand-in.
    fn float(self) -> Self::Float;
    /// Converts the stand-in `x` back to an element.
    fn of_float(x: Self::Float) -> Self;
    /// Converts `self` to its integer stand-in.
    fn integer(self) -> Self::Integer;
    /// Converts the stand-in `x` back to an element.
    fn of_integer(x: Self::Integer) -> Self;
}

/// The type of the numeric stand-in of an element.
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

/// The stand-in for a function with the bound `Numeric`, `Signed` or `Float`. `stand_in!(Float, T)`
/// is the type of the stand-in of `T`. `stand_in!(Float, T, of x)` converts the element `x` to its
/// stand-in, and `stand_in!(Float, T, as x)` converts the stand-in `x` back to an element.
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
