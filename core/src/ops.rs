//! The operations, by group: what is called on tensors and lazy expressions. The prelude brings all of them into scope.

mod agree;
mod compare;
mod elementwise;
mod evaluate;
mod functions;
mod in_place;
mod linalg;
mod moments;
pub(crate) mod operators;
mod reduce;
mod reshaping;
mod search;
mod softmax;

pub use agree::agree;
pub use compare::Compare;
pub use elementwise::Elementwise;
pub use evaluate::Evaluate;
pub use linalg::LinearAlgebra;
pub use moments::{AxisMoments, Moments};
pub use reduce::Reduce;
pub use reshaping::Reshaping;
pub use search::Search;
pub use softmax::Softmax;

/// What the nodes of expressions do.
pub(crate) mod kinds {
    pub use super::compare::{Choose, Equals, GreaterEqual, IsGreater, IsLess, LessEqual, NotEqual};
    pub use super::functions::{
        Clip, Cosine, Exponential, ExponentialMinusOne, Function, GaussianLinearUnit, HyperbolicTangent,
        Larger, Logarithm, LogarithmOfOnePlus, LogisticSigmoid, Magnitude, Power, Reciprocal, ReciprocalRoot,
        RectifiedLinearUnit, Rounded, RoundedDown, RoundedUp, ScaleShift, Sign, Sine, Smaller, Square,
        SquareRoot, WholePower,
    };
    pub use super::operators::{
        Added, And, Divided, Inverted, Multiplied, Negated, Or, Remainder, Subtracted, Xor,
    };
    pub use super::reduce::{Deviation, Greatest, Least, Mean, Prod, Sum, Variance};
    pub use super::search::{All, Any, Nonzero, PlaceOfGreatest, PlaceOfLeast};
    pub use super::softmax::{LogShares, LogSumExp, Shares};
    pub use crate::expr::{Append, Expand, Permute, Slice, Squeeze, StretchTo};
}

use crate::broadcast::{Broadcast3, BroadcastOf, Mode};
use crate::expr::{IntoExpr, Lazy, Operand};

/// The mode of an operation of `X` with the operand `R`.
pub(crate) type ModeOf<X, R> =
    <<X as IntoExpr>::Mode as Mode>::Or<<R as Operand<<X as IntoExpr>::Elem>>::Mode>;

/// The shape of an operation of `X` with the operand `R`.
pub(crate) type ShapeOf<X, R> =
    BroadcastOf<<X as IntoExpr>::Shape, <R as Operand<<X as IntoExpr>::Elem>>::Shape, ModeOf<X, R>>;

/// The mode of an operation of `X` with the operands `A` and `B`, of elements of type `T`.
pub(crate) type ModeOf3<X, A, B, T> =
    <<<X as IntoExpr>::Mode as Mode>::Or<<A as Operand<T>>::Mode> as Mode>::Or<<B as Operand<T>>::Mode>;

/// The shape of an operation of `X` with the operands `A` and `B`, of elements of type `T`.
pub(crate) type ShapeOf3<X, A, B, T> = <<X as IntoExpr>::Shape as Broadcast3<
    <A as Operand<T>>::Shape,
    <B as Operand<T>>::Shape,
    ModeOf3<X, A, B, T>,
>>::Output;

/// The lazy node of one operand.
pub(crate) type MappedOf<Op, X> = Lazy<crate::expr::Mapped<Op, <X as IntoExpr>::Node>>;

/// The lazy node of two operands, the second with elements of type `U`; its own are of type `T`.
pub(crate) type ZippedOf<Op, X, R, U, M, T = <X as IntoExpr>::Elem> = Lazy<
    crate::expr::Zipped<
        BroadcastOf<<X as IntoExpr>::Shape, <R as Operand<U>>::Shape, M>,
        T,
        Op,
        <X as IntoExpr>::Node,
        <R as Operand<U>>::Node,
    >,
>;
