//! How the elements of an expression lie in memory, and how operations change that. The type of an
//! expression determines its layout, and the type of an operation determines how it changes the
//! layout.

use crate::axes::{PerAxis, row_major};
use crate::read::{Apart, Reading};
use crate::shape::{List, ListOf, No, Shape, Truth, static_strides};

/// Whether the elements of an expression are in memory before it is evaluated, and in which order.
pub trait Layout {
    /// Whether the elements are in memory before evaluation begins.
    const IN_MEMORY: bool;
    /// Whether reading an element computes nothing, because it is in memory or is computed once
    /// when evaluation begins.
    const FREE: bool;
    /// Whether the elements are row-major without gaps.
    const DENSE: bool;
    /// The type of the strides of an array of shape `S`. If the strides are constants, a value of
    /// the type takes no memory.
    type Strides<S: Shape>: Apart;
    /// The layout of the elements once they are in memory.
    type InMemory: Layout;
    /// The layout after the axes are rearranged by `R`.
    type Rearranged<R: Rearrangement>: Layout;
    /// The layout after the elements are given another shape.
    type Reshaped: Layout;
    /// How an operand of this layout is read: directly if reading is free, and as `How` says if
    /// elements must be computed.
    type Way<How: Reading>: Reading;
}
/// The elements are in memory, row-major without gaps.
#[derive(Debug)]
pub struct Dense;
/// The elements are in memory, with strides.
#[derive(Debug)]
pub struct Strided;
/// All elements are computed once, together, when evaluation begins.
#[derive(Debug)]
pub struct Whole;
/// The elements are computed one by one, when they are read.
#[derive(Debug)]
pub struct PerElement;
macro_rules! layouts {
    ($($layout:ident: $memory:literal $free:literal $dense:literal, $strides:ty,
        $in_memory:ty, $rearranged:ty, $reshaped:ty, $way:ty;)*) => {$(
        impl Layout for $layout {
            const IN_MEMORY: bool = $memory;
            const FREE: bool = $free;
            const DENSE: bool = $dense;
            type Strides<S: Shape> = $strides;
            type InMemory = $in_memory;
            type Rearranged<R: Rearrangement> = $rearranged;
            type Reshaped = $reshaped;
            type Way<How: Reading> = $way;
        }
    )*};
}
layouts! {
    Dense: true true true, <<ListOf<S> as List>::IsStatic as Truth>::RowMajor<S>,
        Dense, R::Layout<Dense>, Dense, No;
    Strided: true true false, S::Strides,
        Strided, R::Layout<Strided>, Whole, No;
    Whole: false true false, S::Strides,
        Dense, Whole, Whole, No;
    PerElement: false false false, S::Strides,
        Dense, Whole, Whole, How;
}

/// A rearrangement of axes, such as a transposition.
pub trait Rearrangement: Copy {
    /// The layout that the rearrangement turns the layout `L` into, if the elements are in memory.
    type Layout<L: Layout>: Layout;
    /// The distance in elements from the old first element to the new first one, and the new
    /// strides.
    fn rearrange(self, strides: PerAxis<isize>) -> (isize, PerAxis<isize>);
    /// Whether different indices still reach different elements after the rearrangement, so that
    /// [`undo`](Self::undo) can compute the original strides.
    const UNDOES: bool;
    /// The strides that this rearrangement turns into `strides`.
    fn undo(self, strides: PerAxis<isize>) -> PerAxis<isize>;
}

/// The row-major strides of a shape.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn dense_strides<S: Shape>(shape: S) -> PerAxis<isize> {
    // The strides of a static shape are taken from a constant, because a build for size would
    // otherwise compute them at each call.
    match const { static_strides::<S>() } {
        Some(strides) => strides,
        None => row_major(<ListOf<S> as List>::KINDS, shape.into_list().lens()),
    }
}
