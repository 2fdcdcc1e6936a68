//! Whether a shape stretches to another, as a type: what is chosen by it is a type too, in generic
//! code as well.
//!
//! A list asks the other one axis by axis, so every pair of lists has an answer without a bound. The
//! answer depends on the ranks and on which axes are lengths: it is the same for all subtypes of an
//! axis.

use super::row_major::RowMajor;
use super::{List, ListOf, Shape};
use crate::read::{Apart, Reading, Source};

/// A truth value as a type: [`Yes`] or [`No`].
pub trait Truth: Reading {
    /// The other one.
    type Not: Truth;
    /// Whether both are true.
    type And<Other: Truth>: Truth;
    /// Whether one is true.
    type Or<Other: Truth>: Truth;
    /// The row-major strides of a shape, where this is whether its lengths are static.
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

/// What is computed of a shape that stretches is read from where it is stored.
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
/// What is computed of one that does not is computed in the loop.
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

/// Whether the shape `S` stretches somewhere in a result of shape `Out`: it has no length along an
/// axis where `Out` has one.
pub type Stretches<S, Out> = <ListOf<S> as List>::StretchesTo<ListOf<Out>>;
