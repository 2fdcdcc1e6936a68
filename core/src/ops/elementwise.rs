//! The trait of elementwise functions. The methods of functions of one element are generated from
//! two tables: `math/functions.rs` and `ops/functions.rs`.

use super::functions::*;
use super::operators::binary;
use super::{MappedOf, ModeOf, ModeOf3, ShapeOf, ShapeOf3, TernaryOf, ZippedOf};
use crate::agreement;
use crate::broadcast::{Broadcast, Broadcast3, BroadcastOf, Mode};
use crate::element::{Element, Float, Numeric, Signed};
use crate::expr::{Expr, IntoExpr, Lazy, Mapped, Operand, Ternary};
use crate::math::functions_of_floats;
use crate::shape::Carried;
use crate::verify;

// The traits that elements must implement are passed as tokens (`tt`) from where the macros are
// called. Then the compiler shows the bound of a method, where an element does not meet it, as code
// that is not generated, without the lines on macros.

/// Generates the methods of the functions listed in `math/functions.rs`.
macro_rules! methods_of_floats {
    ($bound:tt; $($(#[$doc:meta])* $name:ident $node:ident by $_module:ident($_f32:ident, $_f64:ident)
        $(, $_weight:ident)? $(, within $_ulp:tt)?;)*) => {$(
        $(#[$doc])*
        #[cfg_attr(not(unoptimised), inline(always))]
        fn $name(self) -> MappedOf<$node, Self>
        where
            Self::Elem: $bound,
        {
            mapped($node, self)
        }
    )*};
}
/// Generates the methods of the functions listed in `ops/functions.rs`.
macro_rules! methods_by_formula {
    ([$($bound:tt)*] $($_element:ident {
        $($(#[$doc:meta])* $name:ident $node:ident: |$_x:ident| $_apply:expr;)*
    })*) => {$($(
        $(#[$doc])*
        #[cfg_attr(not(unoptimised), inline(always))]
        fn $name(self) -> MappedOf<$node, Self>
        where
            Self::Elem: $bound,
        {
            mapped($node, self)
        }
    )*)*};
}

/// Elementwise functions on tensors and lazy expressions. All are lazy and fuse with the
/// surrounding expression. Their results have the same bits on every target, except for the bits of
/// a NaN. [`accuracy`](crate::accuracy) lists the error bounds, in ULP, of the functions that are
/// not correctly rounded.
///
/// # Panics
/// Methods with several operands panic if run-time lengths differ; [`agree`](crate::agree()) checks
/// them beforehand.
pub trait Elementwise: IntoExpr {
    functions_of_floats! { methods_of_floats Float }
    functions_by_formula! { methods_by_formula Signed Numeric Float }

    /// Each element raised to the power of the element of `exponent`; the operands are broadcast.
    /// Within 1.5 ULP for `f32` and 1 ULP for `f64`, with the special cases of
    /// [`powf`](Self::powf), which takes one exponent for all elements.
    ///
    /// # Panics
    /// If run-time lengths differ; [`agree`](crate::agree()) checks them beforehand.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// assert_eq!(tensor![4.0, 9.0].pow(&tensor![0.5, 2.0]).to_tensor(), tensor![2.0, 81.0]);
    /// ```
    #[doc(alias("power", "float_power"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn pow<Rhs: Operand<Self::Elem>>(self, exponent: Rhs) -> ZippedOf<Pow, Self, Rhs>
    where
        Self::Elem: Float,
        Self::Shape: Broadcast<Rhs::Shape, ModeOf<Self, Rhs>>,
    {
        const { verify::grown::<ModeOf<Self, Rhs>, ShapeOf<Self, Rhs>>() };
        binary::<_, _, _, ModeOf<Self, Rhs>, _>(Pow, self.into_expr(), exponent.into_operand())
    }

    /// Each element raised to the power `exponent`, one number for all elements. Within 1.5 ULP for
    /// `f32` and 1 ULP for `f64`, with the special cases of C99: `1` for an exponent of 0 and for a
    /// base of 1, NaN for a negative base with a fractional exponent.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// assert_eq!(tensor![4.0, 9.0].powf(1.5).to_tensor(), tensor![8.0, 27.0]);
    /// ```
    #[doc(alias("pow", "power", "float_power"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    fn powf(self, exponent: Self::Elem) -> MappedOf<Powf<Self::Elem>, Self>
    where
        Self::Elem: Float,
    {
        mapped(Powf(exponent), self)
    }

    /// Each element raised to an integer power, with the special cases of [`powf`](Self::powf).
    ///
    /// For `f64`, and for exponents below -7 or above 7, the power is computed as in `powf`. For
    /// `f32` and exponents from -7 to 7 it is computed by multiplications: `x.powi(3)` takes two,
    /// and a negative exponent multiplies `1 / x`. Each multiplication adds an error of up to 1
    /// ULP. So the result is within 0.5 ULP for an exponent of 2, 1.5 ULP for 3, in general `n - 1`
    /// ULP for `n` and `2n` ULP for `-n`.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// assert_eq!(tensor![2.0, -3.0].powi(3).to_tensor(), tensor![8.0, -27.0]);
    /// ```
    #[doc(alias("pow", "power"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    fn powi(self, exponent: i32) -> MappedOf<Powi, Self>
    where
        Self::Elem: Float,
    {
        mapped(Powi(exponent), self)
    }

    /// The smaller of `self` and `rhs`, element by element; the operands are broadcast. NaN if
    /// either element is NaN; -0.0 counts as less than +0.0.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// assert_eq!(tensor![[1, 5], [7, 2]].minimum(&tensor![3, 4]).to_tensor(), tensor![[1, 4], [3, 2]]);
    /// ```
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn minimum<Rhs: Operand<Self::Elem>>(self, rhs: Rhs) -> ZippedOf<Minimum, Self, Rhs>
    where
        Self::Elem: Numeric,
        Self::Shape: Broadcast<Rhs::Shape, ModeOf<Self, Rhs>>,
    {
        const { verify::grown::<ModeOf<Self, Rhs>, ShapeOf<Self, Rhs>>() };
        binary::<_, _, _, ModeOf<Self, Rhs>, _>(Minimum, self.into_expr(), rhs.into_operand())
    }

    /// The larger of `self` and `rhs`, element by element; the operands are broadcast. NaN if
    /// either element is NaN; -0.0 counts as less than +0.0.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// assert_eq!(tensor![-1.0, 2.0].maximum(0.0).to_tensor(), tensor![0.0, 2.0]);
    /// ```
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn maximum<Rhs: Operand<Self::Elem>>(self, rhs: Rhs) -> ZippedOf<Maximum, Self, Rhs>
    where
        Self::Elem: Numeric,
        Self::Shape: Broadcast<Rhs::Shape, ModeOf<Self, Rhs>>,
    {
        const { verify::grown::<ModeOf<Self, Rhs>, ShapeOf<Self, Rhs>>() };
        binary::<_, _, _, ModeOf<Self, Rhs>, _>(Maximum, self.into_expr(), rhs.into_operand())
    }

    /// `self` limited to the range from `low` to `high`; all three are broadcast. It is
    /// `maximum(low)`, then `minimum(high)`, as in NumPy.
    ///
    /// So the result is NaN where any of the three is NaN, and `high` where `low` is greater than
    /// `high`.
    ///
    /// The result has the shape of one of the three operands, unless
    /// [`stretch`](crate::ops::Evaluate::stretch) on any of them allows NumPy's full rule.
    ///
    /// # Panics
    /// If run-time lengths differ; [`agree`](crate::agree()) checks them beforehand.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// assert_eq!(tensor![-1.0, 0.5, 2.0].clip(0.0, 1.0).to_tensor(), tensor![0.0, 0.5, 1.0]);
    /// assert_eq!(tensor![-1.0, 0.5, 2.0].clip(1.0, 0.0).to_tensor(), tensor![0.0, 0.0, 0.0]);
    /// assert!(tensor![0.5].clip(f64::NAN, 1.0).to_tensor()[[0]].is_nan());
    /// let limits = tensor![[0.0], [1.0]];
    /// assert_eq!(tensor![-1.0, 2.0].stretch().clip(&limits, 1.5).to_tensor(), tensor![[0.0, 1.5], [1.0, 1.5]]);
    /// ```
    #[doc(alias("clamp"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn clip<Low: Operand<Self::Elem>, High: Operand<Self::Elem>>(
        self,
        low: Low,
        high: High,
    ) -> TernaryOf<Clip, Self, Low, High>
    where
        Self::Elem: Numeric,
        Self::Shape: Broadcast3<Low::Shape, High::Shape, ModeOf3<Self, Low, High, Self::Elem>>,
    {
        const {
            verify::grown::<
                ModeOf3<Self, Low, High, Self::Elem>,
                ShapeOf3<Self, Low, High, Self::Elem>,
            >()
        };
        ternary::<_, _, _, _, ModeOf3<Self, Low, High, Self::Elem>>(
            Clip,
            self.into_expr(),
            low.into_operand(),
            high.into_operand(),
        )
    }

    /// Applies your own function to each element. The loop over the elements vectorises as the
    /// loops of the built-in functions do.
    ///
    /// The function must be `Sync`, because with the feature `rayon` several threads call it when
    /// there are many elements. The bound is the same without the feature, since a feature may only
    /// add to the API. A counter inside the function is therefore an atomic or in a `Mutex`, and
    /// code that is generic over the function writes `impl Fn(f32) -> f32 + Sync`.
    ///
    /// Each closure has a type of its own, and a closure inside a generic function has a type for
    /// each instantiation. Each such type is compiled together with its loop, which takes some 0.2
    /// to 0.5 s of a release build. A function passed by name, `x.map(halved)`, is compiled once
    /// for all shapes.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// assert_eq!(tensor![1, 2].map(|x| x as f32 / 4.0).to_tensor(), tensor![0.25, 0.5]);
    /// ```
    #[doc(alias("mapv", "astype", "cast", "vectorize"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    fn map<U: Element, F: Fn(Self::Elem) -> U + Sync>(
        self,
        function: F,
    ) -> MappedOf<Function<F>, Self> {
        mapped(Function(function), self)
    }

    /// Applies your own function to the elements of two operands, which are broadcast. The function
    /// must be `Sync`, for the reason given at [`map`](Self::map).
    ///
    /// # Panics
    /// If run-time lengths differ; [`agree`](crate::agree()) checks them beforehand.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// let (a, b) = (tensor![3.0f32, 5.0], tensor![4.0, 12.0]);
    /// assert_eq!(a.zip_with(&b, |a, b| (a * a + b * b).sqrt()).to_tensor(), tensor![5.0, 13.0]);
    /// ```
    #[doc(alias("zip_map", "zip_mut_with", "map_collect", "Zip"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn zip_with<
        RhsElem: Element,
        Rhs: Operand<RhsElem>,
        U: Element,
        F: Fn(Self::Elem, RhsElem) -> U + Sync,
    >(
        self,
        rhs: Rhs,
        function: F,
    ) -> ZippedOf<Function<F>, Self, Rhs, U, RhsElem, <Self::Mode as Mode>::Or<Rhs::Mode>>
    where
        Self::Shape: Broadcast<Rhs::Shape, <Self::Mode as Mode>::Or<Rhs::Mode>>,
    {
        const {
            verify::grown::<
                <Self::Mode as Mode>::Or<Rhs::Mode>,
                BroadcastOf<Self::Shape, Rhs::Shape, <Self::Mode as Mode>::Or<Rhs::Mode>>,
            >()
        };
        binary::<_, _, _, <Self::Mode as Mode>::Or<Rhs::Mode>, _>(
            Function(function),
            self.into_expr(),
            rhs.into_operand(),
        )
    }
}
impl<X: IntoExpr> Elementwise for X {}

/// Makes the lazy node of an operation on each element.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn mapped<Op, X: IntoExpr>(op: Op, x: X) -> MappedOf<Op, X> {
    Lazy(Mapped { op, expr: x.into_expr() })
}

/// Makes the lazy node of an operation on three expressions, after comparing their run-time
/// lengths.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(crate) fn ternary<Op, A: Expr, B: Expr, C: Expr, M: Mode>(
    op: Op,
    a: A,
    b: B,
    c: C,
) -> Lazy<Ternary<Op, A, B, C, <A::Shape as Broadcast3<B::Shape, C::Shape, M>>::Output>>
where
    A::Shape: Broadcast3<B::Shape, C::Shape, M>,
{
    agreement::broadcast(a.shape(), b.shape());
    agreement::broadcast(a.shape(), c.shape());
    agreement::broadcast(b.shape(), c.shape());
    let shape = a.shape().broadcast3(b.shape(), c.shape());
    agreement::grown::<M, _>(shape);
    Lazy(Ternary { op, a, b, c, shape: Carried::new(shape) })
}
