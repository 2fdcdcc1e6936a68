//! How elements lie in memory, if they do, and what becomes of it.

use crate::axes::{PerAxis, row_major};
use crate::read::{Apart, Reading};
use crate::shape::{List, ListOf, No, Shape, Truth, static_strides};

/// How the elements that an expression stands for lie in memory, if they do.
pub trait Layout {
    /// They are in memory before evaluation begins.
    const IN_MEMORY: bool;
    /// Reading one costs no computation, or is computed once when evaluation begins.
    const FREE: bool;
    /// They are row-major without gaps.
    const DENSE: bool;
    /// The strides of a shape: no memory where they are constants.
    type Strides<S: Shape>: Apart;
    /// The layout once the elements are in memory.
    type InMemory: Layout;
    /// The layout after a rearrangement of the axes.
    type Rearranged<R: Rearrangement>: Layout;
    /// The layout under another shape.
    type Reshaped: Layout;
    /// How an operand is read: what is free to read is read, and what is computed by `How`.
    type Way<How: Reading>: Reading;
}
/// In memory, row-major without gaps.
#[derive(Debug)]
pub struct Dense;
/// In memory, with strides.
#[derive(Debug)]
pub struct Strided;
/// Computed once, as a whole, when evaluation begins.
#[derive(Debug)]
pub struct Whole;
/// Computed element by element.
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

/// How axes are rearranged.
pub trait Rearrangement: Copy {
    /// The layout that it makes of a layout in memory.
    type Layout<L: Layout>: Layout;
    /// How many elements from the first the new first one is, and the new strides.
    fn rearrange(self, strides: PerAxis<isize>) -> (isize, PerAxis<isize>);
    /// Whether each element keeps a place of its own, so that [`undo`](Self::undo) gives strides.
    const UNDOES: bool;
    /// The strides that become `strides` when rearranged.
    fn undo(self, strides: PerAxis<isize>) -> PerAxis<isize>;
}

/// The row-major strides of a shape.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn dense_strides<S: Shape>(shape: S) -> PerAxis<isize> {
    // Of a static shape they are a constant: a build for size would compute them each time.
    match const { static_strides::<S>() } {
        Some(strides) => strides,
        None => row_major(<ListOf<S> as List>::KINDS, shape.into_list().lens()),
    }
}
