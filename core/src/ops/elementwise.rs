//! Functions of each element.

use super::operators::binary;
use super::{BinaryOf, MappedOf, ModeOf};
use crate::broadcast::{Broadcast, Broadcast3};
use crate::element::{Element, Float, Numeric, Signed};
use crate::expr::{BinaryOp, Expr, IntoExpr, Lazy, Mapped, Operand, Ternary, TernaryOp, UnaryOp};

macro_rules! unary {
    ($($name:ident: $element:ident, |$x:ident| $apply:expr, $doc:literal;)*) => {$(
        #[doc = $doc]
        #[derive(Clone, Copy, Debug)]
        pub struct $name;
        impl<T: $element> UnaryOp<T> for $name {
            type Output = T;
            #[inline(always)]
            fn apply(&self, $x: T) -> T {
                $apply
            }
        }
    )*};
}
unary! {
    Magnitude: Signed, |x| x.magnitude(), "`|x|`.";
    SquareRoot: Float, |x| x.square_root(), "The square root.";
    Square: Numeric, |x| x.times(x), "`x * x`.";
    Exponential: Float, |x| x.exponential(), "e to the power x.";
    Logarithm: Float, |x| x.logarithm(), "The natural logarithm.";
}

/// The smaller of two elements.
#[derive(Clone, Copy, Debug)]
pub struct Smaller;
impl<T: Numeric> BinaryOp<T, T> for Smaller {
    type Output = T;
    #[inline(always)]
    fn apply(&self, a: T, b: T) -> T {
        a.smaller(b)
    }
}
/// The larger of two elements.
#[derive(Clone, Copy, Debug)]
pub struct Larger;
impl<T: Numeric> BinaryOp<T, T> for Larger {
    type Output = T;
    #[inline(always)]
    fn apply(&self, a: T, b: T) -> T {
        a.larger(b)
    }
}
/// An element between two bounds.
#[derive(Clone, Copy, Debug)]
pub struct Clip;
impl<T: Numeric> TernaryOp<T, T, T> for Clip {
    type Output = T;
    #[inline(always)]
    fn apply(&self, x: T, low: T, high: T) -> T {
        x.larger(low).smaller(high)
    }
}

/// A function of the user's own.
#[derive(Clone, Copy)]
pub struct Function<F>(F);
impl<F> core::fmt::Debug for Function<F> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Function")
    }
}
impl<T, U: Element, F: Fn(T) -> U> UnaryOp<T> for Function<F> {
    type Output = U;
    #[inline(always)]
    fn apply(&self, x: T) -> U {
        (self.0)(x)
    }
}
impl<A, B, U: Element, F: Fn(A, B) -> U> BinaryOp<A, B> for Function<F> {
    type Output = U;
    #[inline(always)]
    fn apply(&self, a: A, b: B) -> U {
        (self.0)(a, b)
    }
}

/// Functions of each element, on tensors and lazy expressions. All are lazy, and fuse.
pub trait Elementwise: IntoExpr {
    /// The magnitude `|x|`; integers wrap.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// assert_eq!(tensor![-2.0, 3.0].abs().to_tensor(), tensor![2.0, 3.0]);
    /// ```
    #[inline(always)]
    fn abs(self) -> MappedOf<Magnitude, Self>
    where
        Self::Elem: Signed,
    {
        mapped(Magnitude, self)
    }

    /// The square root, correctly rounded; NaN for a negative number.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// assert_eq!(tensor![4.0, 9.0].sqrt().to_tensor(), tensor![2.0, 3.0]);
    /// ```
    #[inline(always)]
    fn sqrt(self) -> MappedOf<SquareRoot, Self>
    where
        Self::Elem: Float,
    {
        mapped(SquareRoot, self)
    }

    /// The square `x * x`.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// assert_eq!(tensor![2, -3].square().to_tensor(), tensor![4, 9]);
    /// ```
    #[inline(always)]
    fn square(self) -> MappedOf<Square, Self>
    where
        Self::Elem: Numeric,
    {
        mapped(Square, self)
    }

    /// e to the power `x`, within 1 ULP (FreeBSD msun's algorithm), the same bits on every target.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// assert_eq!(tensor![0.0, f64::NEG_INFINITY].exp().to_tensor(), tensor![1.0, 0.0]);
    /// ```
    #[inline(always)]
    fn exp(self) -> MappedOf<Exponential, Self>
    where
        Self::Elem: Float,
    {
        mapped(Exponential, self)
    }

    /// The natural logarithm, within 1 ULP (FreeBSD msun's algorithm), the same bits on every target; minus infinity for 0, NaN for
    /// a negative number.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// assert_eq!(tensor![1.0, 0.0].ln().to_tensor(), tensor![0.0, f64::NEG_INFINITY]);
    /// ```
    #[inline(always)]
    fn ln(self) -> MappedOf<Logarithm, Self>
    where
        Self::Elem: Float,
    {
        mapped(Logarithm, self)
    }

    /// The smaller of `self` and `rhs`, broadcast with each other. NaN if either is NaN, and -0.0 < +0.0.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// assert_eq!(tensor![[1, 5], [7, 2]].minimum(&tensor![3, 4]).to_tensor(), tensor![[1, 4], [3, 2]]);
    /// ```
    #[inline(always)]
    fn minimum<R: Operand<Self::Elem>>(
        self,
        rhs: R,
    ) -> BinaryOf<Smaller, Self, R, Self::Elem, ModeOf<Self, R>>
    where
        Self::Elem: Numeric,
        Self::Shape: Broadcast<R::Shape, ModeOf<Self, R>>,
    {
        binary::<_, _, _, ModeOf<Self, R>>(Smaller, self.into_expr(), rhs.into_operand())
    }

    /// The larger of `self` and `rhs`, broadcast with each other. NaN if either is NaN, and -0.0 < +0.0.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// assert_eq!(tensor![-1.0, 2.0].maximum(0.0).to_tensor(), tensor![0.0, 2.0]);
    /// ```
    #[inline(always)]
    fn maximum<R: Operand<Self::Elem>>(self, rhs: R) -> BinaryOf<Larger, Self, R, Self::Elem, ModeOf<Self, R>>
    where
        Self::Elem: Numeric,
        Self::Shape: Broadcast<R::Shape, ModeOf<Self, R>>,
    {
        binary::<_, _, _, ModeOf<Self, R>>(Larger, self.into_expr(), rhs.into_operand())
    }

    /// `self` limited to `low` and `high`, all three broadcast with each other; `maximum(low)`, then `minimum(high)`, as NumPy's.
    ///
    /// The result has the shape of one of the three.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// assert_eq!(tensor![-1.0, 0.5, 2.0].clip(0.0, 1.0).to_tensor(), tensor![0.0, 0.5, 1.0]);
    /// ```
    #[inline(always)]
    fn clip<L: Operand<Self::Elem>, H: Operand<Self::Elem>>(
        self,
        low: L,
        high: H,
    ) -> Lazy<
        Ternary<Clip, Self::Node, L::Node, H::Node, <Self::Shape as Broadcast3<L::Shape, H::Shape>>::Output>,
    >
    where
        Self::Elem: Numeric,
        Self::Shape: Broadcast3<L::Shape, H::Shape>,
    {
        ternary(Clip, self.into_expr(), low.into_operand(), high.into_operand())
    }

    /// A function of the user's own of each element; it vectorises like the built-in ones.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// assert_eq!(tensor![1, 2].map(|x| x as f32 / 4.0).to_tensor(), tensor![0.25, 0.5]);
    /// ```
    #[inline(always)]
    fn map<U: Element, F: Fn(Self::Elem) -> U>(self, function: F) -> MappedOf<Function<F>, Self> {
        mapped(Function(function), self)
    }

    /// A function of the user's own of the elements of two operands, broadcast with each other.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// let (a, b) = (tensor![3.0f32, 5.0], tensor![4.0, 12.0]);
    /// assert_eq!(a.zip_with(&b, |a, b| (a * a + b * b).sqrt()).to_tensor(), tensor![5.0, 13.0]);
    /// ```
    #[inline(always)]
    fn zip_with<A: Element, R: Operand<A>, U: Element, F: Fn(Self::Elem, A) -> U>(
        self,
        rhs: R,
        function: F,
    ) -> BinaryOf<Function<F>, Self, R, A, <Self::Mode as crate::broadcast::Mode>::Or<R::Mode>>
    where
        Self::Shape: Broadcast<R::Shape, <Self::Mode as crate::broadcast::Mode>::Or<R::Mode>>,
    {
        binary::<_, _, _, <Self::Mode as crate::broadcast::Mode>::Or<R::Mode>>(
            Function(function),
            self.into_expr(),
            rhs.into_operand(),
        )
    }
}
impl<X: IntoExpr> Elementwise for X {}

#[inline(always)]
fn mapped<Op, X: IntoExpr>(op: Op, x: X) -> MappedOf<Op, X> {
    Lazy(Mapped { op, expr: x.into_expr() })
}

/// The lazy node of three expressions.
#[inline(always)]
pub(crate) fn ternary<Op, A: Expr, B: Expr, C: Expr>(
    op: Op,
    a: A,
    b: B,
    c: C,
) -> Lazy<Ternary<Op, A, B, C, <A::Shape as Broadcast3<B::Shape, C::Shape>>::Output>>
where
    A::Shape: Broadcast3<B::Shape, C::Shape>,
{
    let shape = a.shape().broadcast3(b.shape(), c.shape());
    Lazy(Ternary { op, a, b, c, shape })
}
