//! The node of softmax over some axes of an expression, or of its logarithm.

use core::marker::PhantomData;

use super::sealed::Sealed;
use super::{Expr, Shaped, stored, stored_scratch};
use crate::axes::AxisSet;
use crate::element::{Float, StandIn};
use crate::kernels::softmax::{Form, softmax};
use crate::layout::{Dense, Layout, Whole};
use crate::memory::{Dest, Memory};
use crate::run::level::{EXPENSIVE, Work};
use crate::run::scratch::{Scratch, ScratchBytes};
use crate::shape::{Instance, Invariant, Shape};

/// Softmax or its logarithm, as `F` says, over `axes` of an expression. `Kept` is the shape of the
/// expression with `axes` replaced by `One`.
#[derive(Clone, Copy, Debug)]
pub struct Softmaxed<F, E, Kept> {
    pub(crate) expr: E,
    pub(crate) axes: AxisSet,
    pub(crate) form: PhantomData<F>,
    pub(crate) kept: Invariant<Kept>,
}

impl<F, E, Kept> Sealed for Softmaxed<F, E, Kept> {}
impl<F, E: Shaped, Kept> Shaped for Softmaxed<F, E, Kept> {
    type Elem = E::Elem;
    type Shape = E::Shape;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn shape(&self) -> E::Shape {
        self.expr.shape()
    }
}
impl<F: Form<<E::Elem as StandIn>::Float>, E: Expr<Elem: Float>, Kept: Shape> Expr
    for Softmaxed<F, E, Kept>
{
    type Layout = Whole;
    type Source<'s, I: Instance>
        = Memory<'s, E::Elem, I::Of<E::Shape>, Dense>
    where
        Self: 's;
    const WRITE_SCRATCH: ScratchBytes = E::SOURCE_SCRATCH;
    const SOURCE_SCRATCH: ScratchBytes = stored_scratch::<Self>();
    const WORK: Work = E::WORK.weighed(EXPENSIVE);
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
        let (source, shape) = (self.expr.source::<I>(scratch), self.expr.shape());
        // SAFETY: the destination has a different element for every index of `shape`, and is
        // borrowed exclusively.
        unsafe { softmax::<I, F, Kept, L, _, _>(source, shape, self.axes, dest.to) };
    }
}
