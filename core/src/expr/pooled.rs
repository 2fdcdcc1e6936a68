//! The node of pooling: images `(n, c, h, w)` reduced window by window.

use super::sealed::Sealed;
use super::{Expr, Shaped, stored, stored_scratch};
use crate::element::{Numeric, StandIn};
use crate::kernels::images::{Images, Windows};
use crate::kernels::pool::{Pool, pool};
use crate::layout::{Dense, Layout, Whole};
use crate::memory::{Dest, Memory};
use crate::run::level::Work;
use crate::run::scratch::{Scratch, ScratchBytes};
use crate::shape::{Carried, Instance, List, Shape, Tuple};

/// Each window of the images `data`, folded to one element by `op`.
#[derive(Clone, Copy, Debug)]
pub struct Pooled<Op, E, S> {
    pub(crate) op: Op,
    pub(crate) data: E,
    pub(crate) how: Windows,
    pub(crate) shape: Carried<S>,
}

impl<Op, E, S> Sealed for Pooled<Op, E, S> {}
impl<Op, E: Expr<Elem: Numeric>, S: Shape> Shaped for Pooled<Op, E, S>
where
    Op: Pool<<E::Elem as StandIn>::Numeric>,
{
    type Elem = E::Elem;
    type Shape = S;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn shape(&self) -> S {
        self.shape.get()
    }
}
impl<Op, E: Expr<Elem: Numeric>, S: Shape> Expr for Pooled<Op, E, S>
where
    Op: Pool<<E::Elem as StandIn>::Numeric>,
{
    type Layout = Whole;
    type Source<'s, I: Instance>
        = Memory<'s, E::Elem, I::Of<S>, Dense>
    where
        Self: 's;
    const WRITE_SCRATCH: ScratchBytes = stored_scratch::<E>();
    const SOURCE_SCRATCH: ScratchBytes = stored_scratch::<Self>();
    // `Work::LARGE` is large enough that pooling is never inlined into the caller.
    const WORK: Work = Work::LARGE;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn source<'s, I: Instance>(&'s self, scratch: &'s Scratch<'_>) -> Self::Source<'s, I> {
        // SAFETY: `stored` writes every element of the result to `scratch`, in row-major order.
        unsafe { Memory::new(stored::<I, _>(self, scratch)) }
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn write<I: Instance, L: Layout>(&self, dest: Dest<'_, E::Elem, S, L>, scratch: &Scratch<'_>) {
        let data = stored::<I, _>(&self.data, scratch);
        let [width, height, channels, images, ..] = self.data.shape().into_list().lens();
        let [columns, rows, ..] = self.shape.get().into_list().lens();
        let strides = |of: [isize; 8]| [of[3], of[2], of[1], of[0]];
        // SAFETY: the strides of `data` and of `dest` reach an element at each index of their
        // shapes, and `dest` is borrowed exclusively. The layer, which made this node, computed the
        // shape of `dest` from that of `data`, and checked that there are that many windows.
        unsafe {
            pool(
                self.op,
                Images { at: data.at, strides: strides(data.strides) },
                [images, channels, height, width],
                Images { at: dest.to.at, strides: strides(dest.to.strides) },
                [rows, columns],
                self.how,
            );
        }
    }
}
