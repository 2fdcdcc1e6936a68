//! Comparisons, whose results are `bool` tensors, and `where_`, which selects elements by a mask.

use super::elementwise::{mapped, ternary};
use super::operators::binary;
use super::{MappedOf, ModeOf, ModeOf3, ShapeOf, ShapeOf3, TernaryOf, ZippedOf};
use crate::broadcast::{Broadcast, Broadcast3};
use crate::element::{Element, Float, Mask};
use crate::expr::{BinaryOp, IntoExpr, Operand, TernaryOp, UnaryOp};
use crate::verify;

macro_rules! comparisons {
    ($($name:ident: |$a:ident, $b:ident| $apply:expr, $doc:literal;)*) => {$(
        #[doc = $doc]
        #[derive(Clone, Copy, Debug)]
        pub struct $name;
        impl<T: Element> BinaryOp<T, T> for $name {
            type Output = bool;
            #[cfg_attr(not(unoptimised), inline(always))]
            fn apply(&self, $a: T, $b: T) -> bool {
                $apply
            }
        }
    )*};
}
comparisons! {
    Less: |a, b| a < b, "`a < b`.";
    LessEqual: |a, b| a <= b, "`a <= b`.";
    Greater: |a, b| a > b, "`a > b`.";
    GreaterEqual: |a, b| a >= b, "`a >= b`.";
    Equal: |a, b| a == b, "`a == b`.";
    NotEqual: |a, b| a != b, "`a != b`.";
}

macro_rules! classifications {
    ($($name:ident: |$x:ident: $float:ident| $apply:expr, $doc:literal;)*) => {$(
        #[doc = $doc]
        #[derive(Clone, Copy, Debug)]
        pub struct $name;
        impl<T: Element> UnaryOp<T> for $name {
            type Output = bool;
            #[cfg_attr(not(unoptimised), inline(always))]
            fn apply(&self, x: T) -> bool {
                #[cfg_attr(not(unoptimised), inline(always))]
                fn of<$float: Float>($x: $float) -> bool {
                    $apply
                }
                of(x.float())
            }
        }
    )*};
}
classifications! {
    // Only NaN differs from itself.
    IsNan: |x: F| #[expect(clippy::eq_op)] { x != x }, "Whether an element is NaN.";
    IsFinite: |x: F| x.abs() < F::MAXIMUM, "Whether an element is neither infinite nor NaN.";
    IsInfinite: |x: F| x.abs() == F::MAXIMUM, "Whether an element is infinite.";
}

/// The operation of `where_`: selects one of two elements by the element of a mask.
#[derive(Clone, Copy, Debug)]
pub struct Where;
impl<C: Element, T: Element> TernaryOp<C, T, T> for Where {
    type Output = T;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn apply(&self, condition: C, yes: T, no: T) -> T {
        if condition != C::ZERO { yes } else { no }
    }
}

/// Elementwise comparisons on tensors and lazy expressions, with the names of the array API. `==`
/// compares whole tensors and returns one `bool`, as everywhere in Rust.
///
/// # Panics
/// If run-time lengths differ; [`agree`](crate::agree()) checks them beforehand.
pub trait Compare: IntoExpr {
    /// Whether `a < b`, element by element; the operands are broadcast. False if either element is
    /// NaN.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// assert_eq!(tensor![1.0, 2.0, 3.0].less(2.0).to_tensor(), tensor![true, false, false]);
    /// ```
    #[doc(alias("lt"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn less<Rhs: Operand<Self::Elem>>(self, rhs: Rhs) -> ZippedOf<Less, Self, Rhs, bool>
    where
        Self::Shape: Broadcast<Rhs::Shape, ModeOf<Self, Rhs>>,
    {
        const { verify::grown::<ModeOf<Self, Rhs>, ShapeOf<Self, Rhs>>() };
        binary::<_, _, _, ModeOf<Self, Rhs>, _>(Less, self.into_expr(), rhs.into_operand())
    }

    /// Whether `a <= b`, element by element; the operands are broadcast. False if either element is
    /// NaN.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// assert_eq!(tensor![1.0, 2.0, 3.0].less_equal(2.0).to_tensor(), tensor![true, true, false]);
    /// ```
    #[doc(alias("le"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn less_equal<Rhs: Operand<Self::Elem>>(self, rhs: Rhs) -> ZippedOf<LessEqual, Self, Rhs, bool>
    where
        Self::Shape: Broadcast<Rhs::Shape, ModeOf<Self, Rhs>>,
    {
        const { verify::grown::<ModeOf<Self, Rhs>, ShapeOf<Self, Rhs>>() };
        binary::<_, _, _, ModeOf<Self, Rhs>, _>(LessEqual, self.into_expr(), rhs.into_operand())
    }

    /// Whether `a > b`, element by element; the operands are broadcast. False if either element is
    /// NaN.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// assert_eq!(tensor![1.0, 2.0, 3.0].greater(2.0).to_tensor(), tensor![false, false, true]);
    /// ```
    #[doc(alias("gt"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn greater<Rhs: Operand<Self::Elem>>(self, rhs: Rhs) -> ZippedOf<Greater, Self, Rhs, bool>
    where
        Self::Shape: Broadcast<Rhs::Shape, ModeOf<Self, Rhs>>,
    {
        const { verify::grown::<ModeOf<Self, Rhs>, ShapeOf<Self, Rhs>>() };
        binary::<_, _, _, ModeOf<Self, Rhs>, _>(Greater, self.into_expr(), rhs.into_operand())
    }

    /// Whether `a >= b`, element by element; the operands are broadcast. False if either element is
    /// NaN.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// assert_eq!(tensor![1.0, 2.0, 3.0].greater_equal(2.0).to_tensor(), tensor![false, true, true]);
    /// ```
    #[doc(alias("ge"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn greater_equal<Rhs: Operand<Self::Elem>>(
        self,
        rhs: Rhs,
    ) -> ZippedOf<GreaterEqual, Self, Rhs, bool>
    where
        Self::Shape: Broadcast<Rhs::Shape, ModeOf<Self, Rhs>>,
    {
        const { verify::grown::<ModeOf<Self, Rhs>, ShapeOf<Self, Rhs>>() };
        binary::<_, _, _, ModeOf<Self, Rhs>, _>(GreaterEqual, self.into_expr(), rhs.into_operand())
    }

    /// Whether `a == b`, element by element; the operands are broadcast. False if either element is
    /// NaN.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// assert_eq!(tensor![1.0, 2.0, 3.0].equal(2.0).to_tensor(), tensor![false, true, false]);
    /// ```
    #[doc(alias("eq"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn equal<Rhs: Operand<Self::Elem>>(self, rhs: Rhs) -> ZippedOf<Equal, Self, Rhs, bool>
    where
        Self::Shape: Broadcast<Rhs::Shape, ModeOf<Self, Rhs>>,
    {
        const { verify::grown::<ModeOf<Self, Rhs>, ShapeOf<Self, Rhs>>() };
        binary::<_, _, _, ModeOf<Self, Rhs>, _>(Equal, self.into_expr(), rhs.into_operand())
    }

    /// Whether `a != b`, element by element; the operands are broadcast. True if either element is
    /// NaN.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// assert_eq!(tensor![1.0, 2.0, 3.0].not_equal(2.0).to_tensor(), tensor![true, false, true]);
    /// ```
    #[doc(alias("ne"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn not_equal<Rhs: Operand<Self::Elem>>(self, rhs: Rhs) -> ZippedOf<NotEqual, Self, Rhs, bool>
    where
        Self::Shape: Broadcast<Rhs::Shape, ModeOf<Self, Rhs>>,
    {
        const { verify::grown::<ModeOf<Self, Rhs>, ShapeOf<Self, Rhs>>() };
        binary::<_, _, _, ModeOf<Self, Rhs>, _>(NotEqual, self.into_expr(), rhs.into_operand())
    }

    /// Whether each element is NaN.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// let x = tensor![1.0, f64::NAN, f64::INFINITY];
    /// assert_eq!(x.is_nan().to_tensor(), tensor![false, true, false]);
    /// assert_eq!(x.is_nan().where_(0.0, &x).to_tensor(), tensor![1.0, 0.0, f64::INFINITY]);
    /// ```
    #[doc(alias("isnan"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    #[expect(
        clippy::wrong_self_convention,
        reason = "it takes what all methods here take: `&x`, or an expression"
    )]
    fn is_nan(self) -> MappedOf<IsNan, Self>
    where
        Self::Elem: Float,
    {
        mapped(IsNan, self)
    }

    /// Whether each element is finite: neither infinite nor NaN.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// assert_eq!(tensor![1.0, f64::NAN, -f64::INFINITY].is_finite().to_tensor(), tensor![true, false, false]);
    /// ```
    #[doc(alias("isfinite"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    #[expect(
        clippy::wrong_self_convention,
        reason = "it takes what all methods here take: `&x`, or an expression"
    )]
    fn is_finite(self) -> MappedOf<IsFinite, Self>
    where
        Self::Elem: Float,
    {
        mapped(IsFinite, self)
    }

    /// Whether each element is infinite, with either sign.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// assert_eq!(tensor![1.0, f64::NAN, -f64::INFINITY].is_infinite().to_tensor(), tensor![false, false, true]);
    /// ```
    #[doc(alias("isinf"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    #[expect(
        clippy::wrong_self_convention,
        reason = "it takes what all methods here take: `&x`, or an expression"
    )]
    fn is_infinite(self) -> MappedOf<IsInfinite, Self>
    where
        Self::Elem: Float,
    {
        mapped(IsInfinite, self)
    }

    /// Takes the element of `yes` where `self` is true, and the element of `no` elsewhere; all
    /// three are broadcast. NumPy's `where`.
    ///
    /// The result has the shape of one of the three operands, unless
    /// [`stretch`](crate::ops::Evaluate::stretch) on any of them allows NumPy's full rule.
    ///
    /// # Panics
    /// If run-time lengths differ; [`agree`](crate::agree()) checks them beforehand.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// let x = tensor![[1.0, 5.0], [7.0, 2.0]];
    /// let limit = tensor![[4.0], [3.0]];
    /// assert_eq!(x.greater(&limit).where_(&limit, &x).to_tensor(), tensor![[1.0, 4.0], [3.0, 2.0]]);
    /// let mask = tensor![true, false];
    /// assert_eq!(mask.stretch().where_(&limit, 0.0).to_tensor(), tensor![[4.0, 0.0], [3.0, 0.0]]);
    /// ```
    #[doc(alias("where", "select", "masked_fill"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn where_<U: Element, Yes: Operand<U>, No: Operand<U>>(
        self,
        yes: Yes,
        no: No,
    ) -> TernaryOf<Where, Self, Yes, No, U>
    where
        Self::Elem: Mask,
        Self::Shape: Broadcast3<Yes::Shape, No::Shape, ModeOf3<Self, Yes, No, U>>,
    {
        const { verify::grown::<ModeOf3<Self, Yes, No, U>, ShapeOf3<Self, Yes, No, U>>() };
        ternary::<_, _, _, _, ModeOf3<Self, Yes, No, U>>(
            Where,
            self.into_expr(),
            yes.into_operand(),
            no.into_operand(),
        )
    }
}
impl<X: IntoExpr> Compare for X {}
