//! The node of the upper or lower triangles of an expression's matrices.

use super::sealed::Sealed;
use super::{Expr, Shaped, stored, stored_scratch};
use crate::kernels::triangle::{TriangleSide, clear};
use crate::layout::{Dense, Layout, Whole};
use crate::memory::{Dest, Memory};
use crate::run::level::Work;
use crate::run::scratch::{Scratch, ScratchBytes};
use crate::shape::{Instance, List, Tuple};

/// The matrices in the last two axes of `expr`. The elements on the diagonal stay, and so do the
/// elements on the side of the diagonal that `side` names. All other elements become 0. The
/// diagonal begins in column `diagonal` of the first row, or, if `diagonal` is negative, in row
/// `-diagonal` of the first column.
#[derive(Clone, Copy, Debug)]
pub struct Triangle<E> {
    pub(crate) expr: E,
    pub(crate) side: TriangleSide,
    pub(crate) diagonal: isize,
}

impl<E> Sealed for Triangle<E> {}
impl<E: Expr> Shaped for Triangle<E> {
    type Elem = E::Elem;
    type Shape = E::Shape;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn shape(&self) -> E::Shape {
        self.expr.shape()
    }
}
impl<E: Expr> Expr for Triangle<E> {
    type Layout = Whole;
    type Source<'s, I: Instance>
        = Memory<'s, E::Elem, I::Of<E::Shape>, Dense>
    where
        Self: 's;
    const WRITE_SCRATCH: ScratchBytes = E::WRITE_SCRATCH;
    const SOURCE_SCRATCH: ScratchBytes = stored_scratch::<Self>();
    const WORK: Work = E::WORK;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn source<'s, I: Instance>(&'s self, scratch: &'s Scratch<'_>) -> Self::Source<'s, I> {
        // SAFETY: `stored` writes every element of the result to `scratch`, in row-major order.
        unsafe { Memory::new(stored::<I, _>(self, scratch)) }
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn write<I: Instance, L: Layout>(
        &self,
        dest: Dest<'_, E::Elem, E::Shape, L>,
        scratch: &Scratch<'_>,
    ) {
        let to = dest.to;
        self.expr.write::<I, L>(dest, scratch);
        // SAFETY: the destination has the shape of `expr`, so `to` reaches an element at each index
        // of that shape. The destination is borrowed exclusively.
        unsafe { clear(to, self.expr.shape().into_list().lens(), self.side, self.diagonal) };
    }
}
