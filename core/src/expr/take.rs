//! The node of gathering: the elements of an expression at given indices of an axis.

use super::sealed::Sealed;
use super::{Expr, Shaped, stored, stored_scratch};
use crate::element::Integer;
use crate::kernels::take::{TakeFrom, TakeIndices, take};
use crate::layout::{Dense, Layout, Whole};
use crate::memory::{Dest, Memory};
use crate::run::level::Work;
use crate::run::scratch::{Scratch, ScratchBytes};
use crate::shape::{Carried, Instance, List, Shape, Tuple};

/// The elements of `expr` at each of `indices` along axis `axis` (0 is the last axis). The indices
/// are in memory and in range.
#[derive(Clone, Copy, Debug)]
pub struct Take<E, K, S> {
    pub(crate) expr: E,
    pub(crate) indices: K,
    pub(crate) axis: usize,
    pub(crate) shape: Carried<S>,
}

impl<E, K, S> Sealed for Take<E, K, S> {}
impl<E: Expr, K: Expr<Elem: Integer>, S: Shape> Shaped for Take<E, K, S> {
    type Elem = E::Elem;
    type Shape = S;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn shape(&self) -> S {
        self.shape.get()
    }
}
impl<E: Expr, K: Expr<Elem: Integer>, S: Shape> Expr for Take<E, K, S> {
    type Layout = Whole;
    type Source<'s, I: Instance>
        = Memory<'s, E::Elem, I::Of<S>, Dense>
    where
        Self: 's;
    const WRITE_SCRATCH: ScratchBytes = stored_scratch::<E>();
    const SOURCE_SCRATCH: ScratchBytes = stored_scratch::<Self>();
    const WORK: Work = E::WORK.and(Work::of(S::STATIC_LEN));
    #[cfg_attr(not(unoptimised), inline(always))]
    fn source<'s, I: Instance>(&'s self, scratch: &'s Scratch<'_>) -> Self::Source<'s, I> {
        // SAFETY: `stored` writes every element of the result to `scratch`, in row-major order.
        unsafe { Memory::new(stored::<I, _>(self, scratch)) }
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn write<I: Instance, L: Layout>(&self, dest: Dest<'_, E::Elem, S, L>, scratch: &Scratch<'_>) {
        let operand = TakeFrom {
            from: stored::<I, _>(&self.expr, scratch),
            lens: self.expr.shape().into_list().lens(),
            rank: E::Shape::RANK,
            axis: self.axis,
        };
        let indices = TakeIndices {
            from: self.indices.memory().unwrap_or_else(|| unreachable!("indices are in memory")),
            lens: self.indices.shape().into_list().lens(),
            rank: K::Shape::RANK,
        };
        // SAFETY: `operand` and `indices` reach an element at each index of their shapes: `stored`
        // returns the operand in memory, and indices are always in memory. The destination has the
        // shape of the result, and is borrowed exclusively.
        unsafe { take(operand, indices, dest.to) };
    }
}
