//! The node of a cumulative operation along an axis, such as a cumulative sum.

use super::sealed::Sealed;
use super::{Expr, Shaped, stored, stored_scratch};
use crate::kernels::cumulate::{Cumulates, From, cumulate};
use crate::layout::{Dense, Layout, Whole};
use crate::memory::{Dest, Memory};
use crate::run::level::Work;
use crate::run::scratch::{Scratch, ScratchBytes};
use crate::shape::{Instance, List, Tuple};

/// At each index along axis `axis` (0 is the last axis): `op` over the elements of `expr` from
/// index 0 up to and including this index.
#[derive(Clone, Copy, Debug)]
pub struct Cumulated<Op, E> {
    pub(crate) op: Op,
    pub(crate) expr: E,
    pub(crate) axis: usize,
}

impl<Op, E> Sealed for Cumulated<Op, E> {}
impl<Op: Cumulates<E::Elem>, E: Expr> Shaped for Cumulated<Op, E> {
    type Elem = E::Elem;
    type Shape = E::Shape;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn shape(&self) -> E::Shape {
        self.expr.shape()
    }
}
impl<Op: Cumulates<E::Elem>, E: Expr> Expr for Cumulated<Op, E> {
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
        let (to, lens) = (dest.to, self.expr.shape().into_list().lens());
        // An operand in memory is read in place. A computed operand is written to the destination
        // first, and accumulated there.
        let from = if const { E::Layout::IN_MEMORY } {
            From::Apart(
                self.expr
                    .memory()
                    .unwrap_or_else(|| unreachable!("what is in memory lies somewhere")),
            )
        } else {
            self.expr.write::<I, L>(dest, scratch);
            From::There
        };
        // SAFETY: the operand and the destination have the lengths `lens`. The destination is
        // borrowed exclusively, so an operand in memory does not overlap it. If the operand is
        // computed, `write` has written every element of it to the destination.
        unsafe { cumulate(self.op, from, to, lens, self.axis) };
    }
}
