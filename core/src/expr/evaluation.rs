//! Evaluations: what begins when a destination is named, or a result.
//!
//! Where there is little to do, all of it is inlined where it is asked for, with constant lengths
//! and the instructions of the target's baseline. Else what computes is a function that all such
//! shapes share, which chooses the level itself: what is compiled for each is what says where
//! operands lie.

use core::marker::PhantomData;

use super::{Expr, Shaped};
use crate::axes::AxisSet;
use crate::kernels::reduce::reduce;
use crate::kernels::reduce::statistic::{Results, Statistic};
use crate::kernels::reduce::way::Way;
use crate::layout::Layout;
use crate::memory::Dest;
use crate::run::level::{Count, is_small, weighed};
use crate::run::scratch::{self, Scratch, ScratchBytes, ScratchNeeds};
use crate::shape::{Instance, Own, Shared};

/// Something to evaluate.
pub(crate) trait Evaluation: ScratchNeeds + Sized {
    /// What it gives.
    type Output;
    /// The number of elements of its largest part, times the weight of its dearest function.
    const WORK: Count;
    /// Evaluates it by code for `I`.
    fn evaluate<I: Instance>(self, scratch: &Scratch<'_>) -> Self::Output;
}

/// Evaluates `evaluation`.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn evaluate<V: Evaluation>(evaluation: V) -> V::Output {
    scratch::with::<V, _>(
        #[cfg_attr(not(unoptimised), inline(always))]
        |scratch| (const { chosen::<V>() })(evaluation, scratch),
    )
}

/// The code that evaluates a `V`. A pointer that is a constant: the compiler does not look at what
/// it does not point to, where of a branch that is not taken it would follow every call.
const fn chosen<V: Evaluation>() -> fn(V, &Scratch<'_>) -> V::Output {
    if is_small(V::WORK) { V::evaluate::<Own> } else { V::evaluate::<Shared> }
}

/// Computing the expression `node` into memory.
pub(crate) struct Writing<'e, 'd, E: Shaped, L> {
    pub(crate) node: &'e E,
    pub(crate) dest: Dest<'d, E::Elem, E::Shape, L>,
}
impl<E: Expr, L> ScratchNeeds for Writing<'_, '_, E, L> {
    const BYTES: ScratchBytes = E::WRITE_SCRATCH;
}
impl<E: Expr, L: Layout> Evaluation for Writing<'_, '_, E, L> {
    type Output = ();
    const WORK: Count = E::WORK;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn evaluate<I: Instance>(self, scratch: &Scratch<'_>) {
        self.node.write::<I, L>(self.dest, scratch);
    }
}

/// Folding the expression `node` over some axes by `statistic`, where `K` says which.
pub(crate) struct Folding<'e, R, E, K, W> {
    statistic: R,
    node: &'e E,
    axes: AxisSet,
    to: W,
    way: PhantomData<K>,
}
impl<'e, R, E, K, W> Folding<'e, R, E, K, W> {
    /// # Safety
    /// As for [`reduce`].
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) unsafe fn new(statistic: R, node: &'e E, axes: AxisSet, to: W) -> Self {
        Self { statistic, node, axes, to, way: PhantomData }
    }
}
impl<R, E: Expr, K, W> ScratchNeeds for Folding<'_, R, E, K, W> {
    const BYTES: ScratchBytes = E::SOURCE_SCRATCH;
}
impl<R: Statistic<E::Elem>, E: Expr, K: Way, W: Results<R::Output>> Evaluation
    for Folding<'_, R, E, K, W>
{
    type Output = ();
    const WORK: Count = weighed(E::WORK, R::WEIGHT);
    #[cfg_attr(not(unoptimised), inline(always))]
    fn evaluate<I: Instance>(self, scratch: &Scratch<'_>) {
        let Self { statistic, node, axes, to, .. } = self;
        // SAFETY: what `new` was promised.
        unsafe {
            reduce::<I, K, _, _, _>(statistic, node.source::<I>(scratch), node.shape(), axes, to)
        };
    }
}
