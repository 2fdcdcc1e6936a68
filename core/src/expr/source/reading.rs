//! How operands are read: those that are computed in the same loop, or before it. A layout says
//! whether there is something to compute, and the shapes which of the two it is.

use super::{Memory, Source};
use crate::expr::{Expr, Rearrangement, Shaped, stored};
use crate::kernels::scratch::Scratch;
use crate::shape::{No, Yes};
use crate::storage::{Computed, Dense, Layout, Strided, Whole};

/// Which way an operand is read that is computed: [`Yes`] is stored before the loop, once per its
/// own element, as those of a smaller shape are; [`No`] is not.
///
/// The source that is read is a type, so that no evaluation asks: what is in memory of an
/// enumeration the optimiser forgets, and a loop that asks for each element is not vectorised well.
/// It is one of the two itself, and not around them, as each type around another counts towards how
/// deep the compiler follows types.
pub trait Reading {
    /// The one of the two that is read.
    type Of<D: Source, M: Source<Elem = D::Elem>>: Source<Elem = D::Elem>;
    /// The source of the operand `expr`.
    fn operand<'s, E: Expr>(
        expr: &'s E,
        scratch: &'s Scratch<'_>,
    ) -> Self::Of<E::Source<'s>, StoredOf<'s, E>>;
}
impl Reading for No {
    type Of<D: Source, M: Source<Elem = D::Elem>> = D;
    #[inline(always)]
    fn operand<'s, E: Expr>(expr: &'s E, scratch: &'s Scratch<'_>) -> E::Source<'s> {
        expr.source(scratch)
    }
}
impl Reading for Yes {
    type Of<D: Source, M: Source<Elem = D::Elem>> = M;
    #[inline(always)]
    fn operand<'s, E: Expr>(expr: &'s E, scratch: &'s Scratch<'_>) -> StoredOf<'s, E> {
        // SAFETY: `stored` gives the elements of `E` as computed into scratch: row-major.
        unsafe { Memory::new(stored(expr, scratch)) }
    }
}

/// The source of the elements of `E` once they are in scratch.
pub(super) type StoredOf<'s, E> = Memory<'s, <E as Shaped>::Elem, <E as Shaped>::Shape, Dense>;

/// How an operand of a layout is read: what is free to read is read, and what is computed by one of
/// two ways.
pub trait Reads: Layout {
    /// The layout once the elements are in memory.
    type InMemory: Reads;
    /// The layout after a rearrangement of the axes.
    type Rearranged<R: Rearrangement>: Reads;
    /// The layout under another shape.
    type Reshaped: Reads;
    /// How it is read, if what is computed is read by `How`.
    type Way<How: Reading>: Reading;
}
macro_rules! reads {
    ($($layout:ident: $memory:ty, $rearranged:ty, $reshaped:ty, $way:ty;)*) => {$(
        impl Reads for $layout {
            type InMemory = $memory;
            type Rearranged<R: Rearrangement> = $rearranged;
            type Reshaped = $reshaped;
            type Way<How: Reading> = $way;
        }
    )*};
}
reads! {
    Dense: Dense, R::Layout<Dense>, Dense, No;
    Strided: Strided, R::Layout<Strided>, Whole, No;
    Whole: Dense, Whole, Whole, No;
    Computed: Dense, Whole, Whole, How;
}
