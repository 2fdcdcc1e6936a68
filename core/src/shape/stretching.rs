//! Whether a shape stretches to another shape, as the type [`Yes`] or [`No`]. Even code that is
//! generic over the shapes can select other types by it.
//!
//! `List::StretchesTo` compares two lists axis by axis, and answers for every pair of lists, so
//! that generic code needs no bound. The answer depends only on the ranks and on which axes are
//! `One`, so it is the same for all subtypes of an axis (see `carried.rs`).

use super::row_major::RowMajor;
use super::{List, ListOf, Shape};
use crate::read::{Apart, Reading, Source};

/// A truth value as a type: [`Yes`] or [`No`].
pub trait Truth: Reading {
    /// [`No`] for [`Yes`], and [`Yes`] for [`No`].
    type Not: Truth;
    /// Whether both `Self` and `Other` are [`Yes`].
    type And<Other: Truth>: Truth;
    /// Whether at least one of `Self` and `Other` is [`Yes`].
    type Or<Other: Truth>: Truth;
    /// The type of the row-major strides of the shape `S`. This type is only for a `Self` that says
    /// whether all lengths of `S` are static: for [`Yes`] the strides are constants, and for [`No`]
    /// they are values.
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

/// An operand that stretches is computed into memory before the loop, because the loop reads each
/// of its elements several times.
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

/// Whether an operand of shape `S` stretches in a result of shape `Out`. The operand stretches if,
/// along some axis, `Out` has a length while `S` has `One` or no axis.
pub type Stretches<S, Out> = <ListOf<S> as List>::StretchesTo<ListOf<Out>>;
