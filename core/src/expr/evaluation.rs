//! Evaluations: what runs when a destination or a single result is named, and for which shapes its
//! code is compiled.
//!
//! # One body of code for all shapes
//!
//! The types prove that shapes fit. What is computed does not depend on how long axes are. So an
//! evaluation has two forms, and `Expr::Source`, `source` and `write` are generic in which, an
//! [`Instance`] (`shape/instance.rs`):
//!
//! - [`Shared`]: each length is a value (`Dim<256>` becomes `Run(256)`, `One` stays `One`), so
//!   `(1000, 256) - (256,)` and `(64, 10) - (10,)` are computed by one function. The code is
//!   compiled for the *source*: the operations, the element types, which axes stretch, and how each
//!   operand lies in memory. The caller's code is a few instructions that say where the operands
//!   lie, and one call for each part that is materialised (a reduction, softmax, an operand of
//!   smaller shape) and for the last loop. The functions that are called are not inlined:
//!   `shared_write` and `shared_update` in `kernels/elementwise.rs`, `shared` in
//!   `kernels/reduce.rs` and `kernels/softmax.rs`. One more statement of a structure that the
//!   program has already costs some 0.01 s of compile time and 300 to 700 bytes
//!   (`benches/compile`).
//! - [`Own`]: evaluations of up to 64 additions' time (`SMALL` in `run/level.rs`; 4,096 where no
//!   level is detected, as on bare metal) are inlined into the caller with constant lengths, with
//!   the instructions of the target's baseline: `(8,) + (8,)` is two instructions. Without dispatch
//!   64 additions take 5.5 ns, with it 7.6 ns.
//!
//! [`chosen`] chooses between the two by a constant function pointer. A branch that is never taken
//! would not do: the compiler would still compile every function called there, for each shape,
//! which took ten times as long as the rest. Choices below that, such as streaming stores, tasks
//! and the order of a reduction's loops, are made by values, once per evaluation. What only types
//! can tell, such as whether an operand stretches, stays a type.
//!
//! # Inlining
//!
//! A shared function calls `run::dispatch::run`, which inlines its loops into one function for each
//! SIMD level. So all that is called there, closures included, is `#[inline(always)]`: what is not
//! inlined is compiled for the target's baseline, and runs several times slower. The exceptions are
//! builds without optimisation (`cfg(unoptimised)`, set by `build.rs`), where nothing is inlined,
//! and nested operands, which have a function of their own (`expr/stored.rs`).
//!
//! # What the optimiser needs
//!
//! - How an operand is read is a type (`Reading` in `read.rs`): the optimiser loses track of the
//!   value of an enumeration that is in memory.
//! - In [`Own`] code the strides of dense operands are constants of a type without a value
//!   (`RowMajor`), whatever code computed them.
//! - An array that is indexed by a variable is in memory, together with all of the struct that it
//!   is part of. So strides that are known at run time are chosen by comparisons (`Apart::along`).
//! - A loop that stores to the stack is vectorised without a run-time check for aliasing if the
//!   function in which the loop is written has the destination as an exclusive argument. An
//!   argument of a function inlined into that one does not help (`Planes::fill`, `Planes::change`).
//! - A value that is moved as a whole must not have been written piece by piece just before: the
//!   vector load that moves it waits for the stores, which took a third of the time of a maximum
//!   over 256 elements. So accumulators are created in place.
//!
//! # Compile time
//!
//! The larger part is LLVM's. It grows with the size of what a source holds for each operand and
//! with how often that is moved: a dense operand of a static shape is one pointer. rustc's part
//! grows with how deeply types are nested, which it follows for 128 levels. So a node adds one
//! level to the type of its source and one to that of its lane. A source has the element types of
//! its operands as parameters, because projections to them would make rustc follow the whole
//! expression at each node. `tests/tests/long_expressions.rs` tests the depth, and
//! `benches/compile` measures the times.

use core::marker::PhantomData;

use super::{Expr, Shaped};
use crate::axes::AxisSet;
use crate::kernels::reduce::reduce;
use crate::kernels::reduce::statistic::{Results, Statistic};
use crate::kernels::reduce::way::Way;
use crate::layout::Layout;
use crate::memory::Dest;
use crate::run::level::Work;
use crate::run::scratch::{self, Scratch, ScratchBytes, ScratchNeeds};
use crate::shape::{Instance, Own, Shared};

/// A computation that needs scratch, and whose code is chosen by how much work it is.
pub(crate) trait Evaluation: ScratchNeeds + Sized {
    /// The type of the result.
    type Output;
    /// The number of elements of the largest part, times the weight of its most expensive function.
    const WORK: Work;
    /// Evaluates it, in code for `I`.
    fn evaluate<I: Instance>(self, scratch: &Scratch<'_>) -> Self::Output;
}

/// Evaluates `evaluation`, with the scratch that it needs and the code that its work calls for.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn evaluate<V: Evaluation>(evaluation: V) -> V::Output {
    scratch::with::<V, _>(
        #[cfg_attr(not(unoptimised), inline(always))]
        |scratch| (const { chosen::<V>() })(evaluation, scratch),
    )
}

/// The code that evaluates a `V`: for its own shape where there is little work, shared otherwise.
/// It is a constant pointer, because the compiler does not compile what no pointer points to, but
/// does compile what a branch that is never taken calls.
const fn chosen<V: Evaluation>() -> fn(V, &Scratch<'_>) -> V::Output {
    if V::WORK.is_small() { V::evaluate::<Own> } else { V::evaluate::<Shared> }
}

/// The evaluation of the expression `node` into memory.
pub(crate) struct Writing<'e, 'd, E: Shaped, L> {
    pub(crate) node: &'e E,
    pub(crate) dest: Dest<'d, E::Elem, E::Shape, L>,
}
impl<E: Expr, L> ScratchNeeds for Writing<'_, '_, E, L> {
    const BYTES: ScratchBytes = E::WRITE_SCRATCH;
}
impl<E: Expr, L: Layout> Evaluation for Writing<'_, '_, E, L> {
    type Output = ();
    const WORK: Work = E::WORK;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn evaluate<I: Instance>(self, scratch: &Scratch<'_>) {
        self.node.write::<I, L>(self.dest, scratch);
    }
}

/// The reduction of the expression `node` over `axes` by `statistic` into `to`. The type `K` says
/// what is known at compile time about the axes.
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
    const WORK: Work = E::WORK.weighed(R::WEIGHT);
    #[cfg_attr(not(unoptimised), inline(always))]
    fn evaluate<I: Instance>(self, scratch: &Scratch<'_>) {
        let Self { statistic, node, axes, to, .. } = self;
        // SAFETY: what the caller of `new` promised.
        unsafe {
            reduce::<I, K, _, _, _>(statistic, node.source::<I>(scratch), node.shape(), axes, to)
        };
    }
}
