//! Arithmetic on integers that does not wrap: saturating operations, and conversion to wider
//! elements.

use core::marker::PhantomData;

use super::fits::Fits;
use super::operators::binary;
use super::{MappedOf, ModeOf, ShapeOf, ZippedOf};
use crate::broadcast::Broadcast;
use crate::element::{Element, Integer};
use crate::expr::{BinaryOp, IntoExpr, Lazy, Mapped, Operand, UnaryOp};
use crate::verify;

macro_rules! saturating {
    ($($name:ident: $method:ident, $doc:literal;)*) => {$(
        #[doc = $doc]
        #[derive(Clone, Copy, Debug)]
        pub struct $name;
        impl<T: Element> BinaryOp<T, T> for $name {
            type Output = T;
            #[cfg_attr(not(unoptimised), inline(always))]
            fn apply(&self, a: T, b: T) -> T {
                T::of_integer(a.integer().$method(b.integer()))
            }
        }
    )*};
}
saturating! {
    SaturatingAdd: saturating_add, "`a + b`, or the nearest number of the type.";
    SaturatingSub: saturating_sub, "`a - b`, or the nearest number of the type.";
    SaturatingMul: saturating_mul, "`a * b`, or the nearest number of the type.";
}

/// Converts an element to the type `Wide`, which can represent every value of the element's type.
#[derive(Debug)]
pub struct Widened<Wide>(PhantomData<fn() -> Wide>);
impl<Wide> Clone for Widened<Wide> {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn clone(&self) -> Self {
        *self
    }
}
impl<Wide> Copy for Widened<Wide> {}
impl<T: Element, Wide: Element> UnaryOp<T> for Widened<Wide> {
    type Output = Wide;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn apply(&self, x: T) -> Wide {
        // The bounds of `widen` admit only types that can represent every value, so the conversion
        // never fails.
        x.widen().unwrap_or(Wide::ZERO)
    }
}

/// Integer arithmetic that does not wrap, on tensors and lazy expressions. All methods are lazy and
/// fuse with the surrounding expression.
///
/// The operators `<<` and `>>` shift by a number or by a tensor, and `<<=` and `>>=` do so in
/// place. As in NumPy, all bits are shifted out if the shift count is negative, or not less than
/// the number of bits of an element. No shift count panics.
///
/// ```
/// use shapewright::{array, prelude::*};
/// assert_eq!((array![1u8, 2, 192] << 1).to_array(), array![2, 4, 128]);
/// assert_eq!((array![-8, 7] >> &array![1, 99]).to_array(), array![-4, 0]);
/// ```
///
/// # Panics
/// Methods with several operands panic if run-time lengths differ. To compare the lengths
/// beforehand, call [`agree`](crate::agree()).
pub trait Integers: IntoExpr {
    /// `self + rhs`, but a sum out of range becomes the limit of the type instead of wrapping; the
    /// operands are broadcast.
    ///
    /// ```
    /// use shapewright::{array, prelude::*};
    /// assert_eq!(array![100i8, -100].saturating_add(&array![100, -100]).to_array(), array![127, -128]);
    /// ```
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn saturating_add<Rhs: Operand<Self::Elem>>(
        self,
        rhs: Rhs,
    ) -> ZippedOf<SaturatingAdd, Self, Rhs>
    where
        Self::Elem: Integer,
        Self::Shape: Broadcast<Rhs::Shape, ModeOf<Self, Rhs>>,
    {
        const { verify::grown::<ModeOf<Self, Rhs>, ShapeOf<Self, Rhs>>() };
        binary::<_, _, _, ModeOf<Self, Rhs>, _>(SaturatingAdd, self.into_expr(), rhs.into_operand())
    }

    /// `self - rhs`, but a difference out of range becomes the limit of the type instead of
    /// wrapping; the operands are broadcast.
    ///
    /// ```
    /// use shapewright::{array, prelude::*};
    /// assert_eq!(array![5u8, 9].saturating_sub(7).to_array(), array![0, 2]);
    /// ```
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn saturating_sub<Rhs: Operand<Self::Elem>>(
        self,
        rhs: Rhs,
    ) -> ZippedOf<SaturatingSub, Self, Rhs>
    where
        Self::Elem: Integer,
        Self::Shape: Broadcast<Rhs::Shape, ModeOf<Self, Rhs>>,
    {
        const { verify::grown::<ModeOf<Self, Rhs>, ShapeOf<Self, Rhs>>() };
        binary::<_, _, _, ModeOf<Self, Rhs>, _>(SaturatingSub, self.into_expr(), rhs.into_operand())
    }

    /// `self * rhs`, but a product out of range becomes the limit of the type instead of wrapping;
    /// the operands are broadcast.
    ///
    /// ```
    /// use shapewright::{array, prelude::*};
    /// assert_eq!(array![100i16, -300].saturating_mul(300).to_array(), array![30_000, -32_768]);
    /// ```
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn saturating_mul<Rhs: Operand<Self::Elem>>(
        self,
        rhs: Rhs,
    ) -> ZippedOf<SaturatingMul, Self, Rhs>
    where
        Self::Elem: Integer,
        Self::Shape: Broadcast<Rhs::Shape, ModeOf<Self, Rhs>>,
    {
        const { verify::grown::<ModeOf<Self, Rhs>, ShapeOf<Self, Rhs>>() };
        binary::<_, _, _, ModeOf<Self, Rhs>, _>(SaturatingMul, self.into_expr(), rhs.into_operand())
    }

    /// Converts the elements to a type that can represent each of them: `i8` to `i16`, `i32`,
    /// `i64`, `f32` and so on, the conversions of Rust's `From`. A conversion that would round or
    /// truncate does not compile; write it as `.map(|x| x as i8)`.
    ///
    /// The conversion fuses: products of `i8` are summed in `i32` in one pass, with nothing stored
    /// in between.
    ///
    /// ```
    /// use shapewright::{Axis, array, prelude::*};
    /// let (weights, x) = (array![[100i8, 100, 100], [1, -1, 1]], array![100i8, 127, -128]);
    /// let dot = (weights.row(1).widen::<i32>() * x.widen::<i32>()).sum();
    /// assert_eq!(dot, -155);
    /// let products = weights.widen::<i32>() * x.widen::<i32>();
    /// assert_eq!(products.sum_axis(Axis::<-1>).to_array(), array![9900, -155]); // matrix by vector
    /// ```
    /// ```compile_fail
    /// # use shapewright::{array, prelude::*};
    /// let _ = array![1i32, 2].widen::<i8>();
    /// ```
    #[doc(alias("astype", "cast", "to", "widening_mul"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    fn widen<Wide: Element>(self) -> MappedOf<Widened<Wide>, Self>
    where
        Self::Elem: Fits<Wide>,
    {
        Lazy(Mapped { op: Widened(PhantomData), expr: self.into_expr() })
    }
}
impl<X: IntoExpr> Integers for X {}
