//! The operations, by group: what is called on tensors and lazy expressions. The prelude brings all
//! of them into scope.
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
//! A call gives the arguments, and the compiler finds the parameters: `x.mean_axis(Axis::<1>)`.
//! `Which` is an axis or several, `Axis::<1>`, a name or a tuple of them. `How` is the way by which
//! the compiler finds them in the shape. The others are names for what it finds: `Removed` is the
//! shape without the axes, `Kept` the shape with `One` in their places, and `Squeezed`, `Permuted`,
//! `Sliced` or `Joined` what their methods make of a shape.
//!
//! What an operation of several operands returns is named by what it takes:
//! [`ZippedOf<Minimum, Self, Rhs>`] is the lazy value of `Minimum`, element by
//! element, whose shape is that of `Self` broadcast with that of `Rhs`.

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

/// What the nodes of expressions do.
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

/// How an operation of `X` with the operand `Rhs` broadcasts: freely where either is stretched.
pub type ModeOf<X, Rhs> =
    <<X as IntoExpr>::Mode as Mode>::Or<<Rhs as Operand<<X as IntoExpr>::Elem>>::Mode>;

/// The shape of an operation of `X` with the operand `Rhs`.
pub type ShapeOf<X, Rhs> = BroadcastOf<
    <X as IntoExpr>::Shape,
    <Rhs as Operand<<X as IntoExpr>::Elem>>::Shape,
    ModeOf<X, Rhs>,
>;

/// How an operation of `X` with the operands `A` and `B`, of elements of type `T`, broadcasts.
pub type ModeOf3<X, A, B, T> =
    <<<X as IntoExpr>::Mode as Mode>::Or<<A as Operand<T>>::Mode> as Mode>::Or<
        <B as Operand<T>>::Mode,
    >;

/// The shape of an operation of `X` with the operands `A` and `B`, of elements of type `T`.
pub type ShapeOf3<X, A, B, T> = <<X as IntoExpr>::Shape as Broadcast3<
    <A as Operand<T>>::Shape,
    <B as Operand<T>>::Shape,
    ModeOf3<X, A, B, T>,
>>::Output;

/// What an operation on each element of `X` returns.
pub type MappedOf<Op, X> = Lazy<crate::expr::Mapped<Op, <X as IntoExpr>::Node>>;

/// What an operation of `X` with the operand `Rhs` returns: elements of type `T`, of elements of
/// type `U` on the right.
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

/// What an operation of `X` with the operands `A` and `B`, of elements of type `T`, returns.
pub type TernaryOf<Op, X, A, B, T = <X as IntoExpr>::Elem> = Lazy<
    crate::expr::Ternary<
        Op,
        <X as IntoExpr>::Node,
        <A as Operand<T>>::Node,
        <B as Operand<T>>::Node,
        ShapeOf3<X, A, B, T>,
    >,
>;

/// What the matrix product of `X` with the operand `Rhs` returns.
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
