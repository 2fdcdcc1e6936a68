//! The operations, by group: what is called on tensors and lazy expressions. The prelude brings all of them into scope.

mod compare;
mod elementwise;
mod evaluate;
mod in_place;
mod linalg;
mod moments;
pub(crate) mod operators;
mod reduce;
mod reshaping;
mod search;
mod softmax;

pub use compare::Compare;
pub use elementwise::Elementwise;
pub use evaluate::Evaluate;
pub use linalg::LinearAlgebra;
pub use moments::{AxisMoments, Moments};
pub use reduce::Reduce;
pub(crate) use reduce::{Mean, Variance};
pub use reshaping::{Reshaping, Span};
pub use search::Search;
pub use softmax::Softmax;

/// What the nodes of expressions do.
pub(crate) mod kinds {
    pub use super::compare::{Choose, Equal, Greater, GreaterEqual, Less, LessEqual, NotEqual};
    pub use super::elementwise::{
        Clip, Exponential, Function, Larger, Logarithm, Magnitude, Smaller, Square, SquareRoot,
    };
    pub use super::operators::{And, Divided, Inverted, Minus, Negated, Or, Plus, Remainder, Times, Xor};
    pub use super::reduce::{Deviation, Greatest, Least, Mean, Multiplied, Sum, Variance};
    pub use super::search::{All, Any, Nonzero, PlaceOfGreatest, PlaceOfLeast};
    pub use super::softmax::{LogShares, LogSumExp, Shares};
    pub use crate::expr::{Append, Expand, Permute, Slice, Squeeze, StretchTo};
    pub use crate::nn::ScaleShift;
}

use crate::broadcast::Mode;
use crate::expr::{IntoExpr, Lazy, Operand};

/// The mode of an operation of `X` with the operand `R`.
pub(crate) type ModeOf<X, R> =
    <<X as IntoExpr>::Mode as Mode>::Or<<R as Operand<<X as IntoExpr>::Elem>>::Mode>;

/// The lazy node of one operand.
pub(crate) type MappedOf<Op, X> = Lazy<crate::expr::Mapped<Op, <X as IntoExpr>::Node>>;

/// The lazy node of two operands, the second with elements of type `U`.
pub(crate) type BinaryOf<Op, X, R, U, M> = Lazy<
    crate::expr::Binary<
        Op,
        <X as IntoExpr>::Node,
        <R as Operand<U>>::Node,
        crate::broadcast::BroadcastOf<<X as IntoExpr>::Shape, <R as Operand<U>>::Shape, M>,
    >,
>;
