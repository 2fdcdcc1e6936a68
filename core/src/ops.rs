//! The operations, grouped into traits that tensors and lazy expressions implement. The prelude
//! brings all of them into scope.
//!
//! # How to read a signature
//!
//! ```text
//! fn mean_axis<Which: AxisArg, How, Removed: Shape, Kept: Shape>(
//!     self,
//!     axis: Which,
//! ) -> Lazy<Reduced<Mean, Self::Node, Removed, Kept>>
//! where
//!     Which::Kind: AxesOf<Which, Self::Shape, How, Removed = Removed, Kept = Kept>,
//! ```
//!
//! A call passes the arguments, and the compiler infers the type parameters:
//! `x.mean_axis(Axis::<1>)`. `Which` is one axis or several: `Axis::<1>`, a name, or a tuple of
//! them. `How` is the path by which the compiler finds those axes in the shape; you never write it.
//! The other parameters name the shapes that follow: `Removed` is the shape without the axes,
//! `Kept` is the shape with `One` in their positions, and `Squeezed`, `Permuted`, `Sliced` and
//! `Joined` are the shapes that the methods of those names produce.
//!
//! These shapes are parameters because the compiler would otherwise repeat an error: when the
//! return type is a projection of the trait in the `where` clause, a mistake is reported once for
//! the clause and again for the return type.
//!
//! The return type of an operation on several operands is an alias over those operands:
//! [`ZippedOf<Minimum, Self, Rhs>`] is the lazy value of `Minimum` applied element by element,
//! whose shape is that of `Self` broadcast with that of `Rhs`.

mod agree;
mod attempting;
mod compare;
mod cumulative;
mod ddof;
mod elementwise;
mod evaluate;
mod fits;
mod functions;
mod in_place;
mod indexing;
mod integers;
mod linalg;
mod moments;
pub(crate) mod operators;
mod over;
mod padding;
mod reduce;
mod reshaping;
mod search;
mod sliding;
mod softmax;
mod stacking;

pub use agree::agree;
pub use compare::Compare;
pub use cumulative::Cumulative;
pub use elementwise::Elementwise;
pub use evaluate::Evaluate;
pub use indexing::Indexing;
pub use integers::Integers;
pub use linalg::LinearAlgebra;
pub(crate) use moments::MeanAndRoot;
pub use moments::{AxisMoments, Moments};
pub use padding::Padding;
pub use reduce::Reduce;
pub use reshaping::Reshaping;
pub use search::Search;
pub use sliding::Sliding;
pub use softmax::Softmaxing;
pub use stacking::{Stacking, stack};

/// The types that say what a node of an expression computes.
pub(crate) mod kinds {
    pub use super::compare::{
        Equal, Greater, GreaterEqual, IsFinite, IsInfinite, IsNan, Less, LessEqual, NotEqual, Where,
    };
    pub use super::cumulative::{Cumprod, Cumsum};
    pub use super::functions::*;
    pub use super::integers::{SaturatingAdd, SaturatingMul, SaturatingSub, Widened};
    pub use super::operators::{
        Added, And, Divided, Inverted, Multiplied, Negated, Or, Remainder, ShiftedLeft,
        ShiftedRight, Subtracted, Xor,
    };
    pub use super::reduce::nodes::*;
    pub use super::search::{All, Any, Argmax, Argmin, CountNonzero};
    pub use super::softmax::{LogSoftmax, LogSumExp, Softmax};
    pub use crate::expr::{Append, Expand, Permute, Slice, SlidingWindow, Squeeze, StretchTo};
}

use crate::broadcast::{Broadcast3, BroadcastOf, MatMul, Mode};
use crate::expr::{IntoExpr, Lazy, Operand};

/// The broadcasting mode of an operation on `X` and the operand `Rhs`: NumPy's full rule if either
/// is marked by [`stretch`](crate::ops::Evaluate::stretch), the strict rule otherwise.
pub type ModeOf<X, Rhs> =
    <<X as IntoExpr>::Mode as Mode>::Or<<Rhs as Operand<<X as IntoExpr>::Elem>>::Mode>;

/// The shape of the result of an operation on `X` and the operand `Rhs`.
pub type ShapeOf<X, Rhs> = BroadcastOf<
    <X as IntoExpr>::Shape,
    <Rhs as Operand<<X as IntoExpr>::Elem>>::Shape,
    ModeOf<X, Rhs>,
>;

/// The broadcasting mode of an operation on `X` and the operands `A` and `B`, whose elements are of
/// type `T`.
pub type ModeOf3<X, A, B, T> =
    <<<X as IntoExpr>::Mode as Mode>::Or<<A as Operand<T>>::Mode> as Mode>::Or<
        <B as Operand<T>>::Mode,
    >;

/// The shape of the result of an operation on `X` and the operands `A` and `B`, whose elements are
/// of type `T`.
pub type ShapeOf3<X, A, B, T> = <<X as IntoExpr>::Shape as Broadcast3<
    <A as Operand<T>>::Shape,
    <B as Operand<T>>::Shape,
    ModeOf3<X, A, B, T>,
>>::Output;

/// The lazy value of the operation `Op` on each element of `X`.
pub type MappedOf<Op, X> = Lazy<crate::expr::Mapped<Op, <X as IntoExpr>::Node>>;

/// The lazy value of the operation `Op` on `X` and the operand `Rhs`. The elements of the result
/// are of type `T`, and the elements of the right operand of type `U`.
pub type ZippedOf<
    Op,
    X,
    Rhs,
    T = <X as IntoExpr>::Elem,
    U = <X as IntoExpr>::Elem,
    M = ModeOf<X, Rhs>,
> = Lazy<
    crate::expr::Zipped<
        BroadcastOf<<X as IntoExpr>::Shape, <Rhs as Operand<U>>::Shape, M>,
        T,
        Op,
        <X as IntoExpr>::Node,
        <Rhs as Operand<U>>::Node,
    >,
>;

/// The lazy value of the operation `Op` on `X` and the operands `A` and `B`, whose elements are of
/// type `T`.
pub type TernaryOf<Op, X, A, B, T = <X as IntoExpr>::Elem> = Lazy<
    crate::expr::Ternary<
        Op,
        <X as IntoExpr>::Node,
        <A as Operand<T>>::Node,
        <B as Operand<T>>::Node,
        ShapeOf3<X, A, B, T>,
    >,
>;

/// The lazy value of the matrix product of `X` with the operand `Rhs`.
pub type ProductOf<X, Rhs> = Lazy<
    crate::expr::Product<
        <X as IntoExpr>::Node,
        <Rhs as Operand<<X as IntoExpr>::Elem>>::Node,
        <<Rhs as Operand<<X as IntoExpr>::Elem>>::Shape as MatMul<
            <X as IntoExpr>::Shape,
            ModeOf<X, Rhs>,
        >>::Output,
    >,
>;
