//! Whether a shape stretches to another, as a type: what is chosen by it is a type too, in generic
//! code as well.
//!
//! A list asks the other one axis by axis, so every pair of lists has an answer without a bound. The
//! answer depends on the ranks and on which axes are lengths: it is the same for all subtypes of an
//! axis.

use super::{List, ListOf, PerAxis, Shape};
use crate::expr::Reading;
use crate::kernels::walk::{Apart, RowMajor};

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
    type RowMajor<S: Shape> = PerAxis<isize>;
}

/// Whether the shape `S` stretches somewhere in a result of shape `Out`: it has no length along an
/// axis where `Out` has one.
pub type Stretches<S, Out> = <ListOf<S> as List>::StretchesTo<ListOf<Out>>;
