//! The node of an expression under another shape with the same number of elements, in row-major
//! order.

use super::sealed::Sealed;
use super::{Expr, Shaped, dense, dense_scratch};
use crate::kernels::elementwise;
use crate::layout::{Dense, Layout, dense_strides};
use crate::memory::{Dest, Memory};
use crate::read::Strides;
use crate::run::level::Work;
use crate::run::scratch::{Scratch, ScratchBytes};
use crate::shape::{Carried, Instance, Shape};

/// An expression under another shape.
#[derive(Clone, Copy, Debug)]
pub struct Reshaped<E, S> {
    pub(crate) expr: E,
    pub(crate) shape: Carried<S>,
}

impl<E, S> Sealed for Reshaped<E, S> {}
impl<E: Expr, S: Shape> Shaped for Reshaped<E, S> {
    type Elem = E::Elem;
    type Shape = S;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn shape(&self) -> S {
        self.shape.get()
    }
}
impl<E: Expr, S: Shape> Expr for Reshaped<E, S> {
    type Layout = <E::Layout as Layout>::Reshaped;
    type Source<'s, I: Instance>
        = Memory<'s, E::Elem, I::Of<S>, Dense>
    where
        Self: 's;
    const WRITE_SCRATCH: ScratchBytes = dense_scratch::<E>();
    const SOURCE_SCRATCH: ScratchBytes = dense_scratch::<E>();
    const WORK: Work = E::WORK;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn source<'s, I: Instance>(&'s self, scratch: &'s Scratch<'_>) -> Self::Source<'s, I> {
        let at = dense::<I, _>(&self.expr, scratch).as_ptr();
        // SAFETY: `at` points to the elements of the operand, which are contiguous and as many as
        // `S` has.
        unsafe { Memory::new(Strides { at, strides: dense_strides(self.shape.get()) }) }
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn memory(&self) -> Option<Strides<*const E::Elem>> {
        let from = if E::Layout::DENSE { self.expr.memory() } else { None };
        from.map(|from| Strides { at: from.at, strides: dense_strides(self.shape.get()) })
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn write<I: Instance, L: Layout>(&self, dest: Dest<'_, E::Elem, S, L>, scratch: &Scratch<'_>) {
        if const { L::DENSE } {
            let shape = self.expr.shape();
            let to = Strides { at: dest.to.at, strides: dense_strides(shape) };
            // SAFETY: a dense destination is contiguous, and has as many elements as the operand.
            self.expr.write::<I, _>(unsafe { Dest::<_, E::Shape, Dense>::new(to) }, scratch);
        } else {
            elementwise::write::<I, _, _, _>(self.source::<I>(scratch), dest, self.shape.get());
        }
    }
}
