//! Whether a shape stretches to another, as a type. So whatever is chosen by it is a type too, also
//! in generic code.
//!
//! `List::StretchesTo` compares two lists axis by axis, so every pair of lists has an answer
//! without a bound. The answer depends only on the ranks and on which axes are lengths: it is the
//! same for all subtypes of an axis.

use super::row_major::RowMajor;
use super::{List, ListOf, Shape};
use crate::read::{Apart, Reading, Source};

/// A truth value as a type: [`Yes`] or [`No`].
pub trait Truth: Reading {
    /// The opposite.
    type Not: Truth;
    /// Whether both are true.
    type And<Other: Truth>: Truth;
    /// Whether at least one is true.
    type Or<Other: Truth>: Truth;
    /// The type of the row-major strides of the shape `S`, where `Self` says whether its lengths
    /// are static.
    type RowMajor<S: Shape>: Apart;
}
/// True.
#[derive(Debug)]
pub struct Yes;
/// False.
#[derive(Debug)]
pub struct No;
impl Truth for Yes {
    type Not = No;
    type And<Other: Truth> = Other;
    type Or<Other: Truth> = Yes;
    type RowMajor<S: Shape> = RowMajor<S>;
}
impl Truth for No {
    type Not = Yes;
    type And<Other: Truth> = No;
    type Or<Other: Truth> = Other;
    type RowMajor<S: Shape> = S::Strides;
}

/// An operand that stretches is read from memory, where it was stored beforehand.
impl Reading for Yes {
    type Of<D: Source, M: Source<Elem = D::Elem>> = M;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn read<D: Source, M: Source<Elem = D::Elem>>(
        _: impl FnOnce() -> D,
        stored: impl FnOnce() -> M,
    ) -> M {
        stored()
    }
}
/// An operand that does not stretch is computed in the loop.
impl Reading for No {
    type Of<D: Source, M: Source<Elem = D::Elem>> = D;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn read<D: Source, M: Source<Elem = D::Elem>>(
        direct: impl FnOnce() -> D,
        _: impl FnOnce() -> M,
    ) -> D {
        direct()
    }
}

/// Whether the shape `S` stretches in a result of shape `Out`: along some axis, `Out` has a length
/// and `S` has none.
pub type Stretches<S, Out> = <ListOf<S> as List>::StretchesTo<ListOf<Out>>;
