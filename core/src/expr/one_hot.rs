//! The node of a one-hot encoding: each class becomes a lane of zeros with a 1 at the index of the
//! class.

use core::marker::PhantomData;

use super::sealed::Sealed;
use super::{Expr, Shaped, stored, stored_scratch};
use crate::element::{Integer, Numeric};
use crate::kernels::one_hot::one_hot;
use crate::kernels::take::TakeIndices;
use crate::layout::{Dense, Layout, Whole};
use crate::memory::{Dest, Memory};
use crate::run::level::Work;
use crate::run::scratch::{Scratch, ScratchBytes};
use crate::shape::{Carried, Instance, List, Shape, Tuple};

/// For each of `indices`: a lane along the last axis of `shape` that is 1 at the index and 0
/// elsewhere. The indices are in memory and in range.
#[derive(Clone, Copy, Debug)]
pub struct OneHot<T, K, S> {
    pub(crate) indices: K,
    pub(crate) shape: Carried<S>,
    pub(crate) element: PhantomData<T>,
}

impl<T, K, S> Sealed for OneHot<T, K, S> {}
impl<T: Numeric, K: Expr<Elem: Integer>, S: Shape> Shaped for OneHot<T, K, S> {
    type Elem = T;
    type Shape = S;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn shape(&self) -> S {
        self.shape.get()
    }
}
impl<T: Numeric, K: Expr<Elem: Integer>, S: Shape> Expr for OneHot<T, K, S> {
    type Layout = Whole;
    type Source<'s, I: Instance>
        = Memory<'s, T, I::Of<S>, Dense>
    where
        Self: 's;
    const WRITE_SCRATCH: ScratchBytes = Some(0);
    const SOURCE_SCRATCH: ScratchBytes = stored_scratch::<Self>();
    const WORK: Work = Work::of(S::STATIC_LEN);
    #[cfg_attr(not(unoptimised), inline(always))]
    fn source<'s, I: Instance>(&'s self, scratch: &'s Scratch<'_>) -> Self::Source<'s, I> {
        // SAFETY: `stored` writes every element of the result to `scratch`, in row-major order.
        unsafe { Memory::new(stored::<I, _>(self, scratch)) }
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn write<I: Instance, L: Layout>(&self, dest: Dest<'_, T, S, L>, _: &Scratch<'_>) {
        let indices = TakeIndices {
            from: self.indices.memory().unwrap_or_else(|| unreachable!("indices are in memory")),
            lens: self.indices.shape().into_list().lens(),
            rank: K::Shape::RANK,
        };
        let classes = self.shape.get().into_list().lens()[0];
        // SAFETY: `indices` are in memory. The destination has their shape followed by an axis of
        // length `classes`, and is borrowed exclusively.
        unsafe { one_hot(indices, classes, dest.to) };
    }
}
