//! Evaluations: what runs when a destination is named or a single number is asked for, and for
//! which shapes the code is compiled.
//!
//! # One body of code for all shapes
//!
//! The types prove that shapes fit, and what is computed does not depend on how long axes are. So
//! an evaluation can be compiled in two forms. `Expr::Source`, `source` and `write` have a type
//! parameter that says which of the two forms they are, an [`Instance`] (`shape/instance.rs`):
//!
//! - [`Shared`]: each length is a value (`Dim<256>` becomes `Run(256)`, `One` stays `One`), so
//!   `(1000, 256) - (256,)` and `(64, 10) - (10,)` are computed by one function. The code is
//!   compiled for the *source*: the operations, the element types, which axes stretch, and how each
//!   operand lies in memory. The caller contains a few instructions that pass on the addresses and
//!   strides of the operands, and one call for each part that is materialised (a reduction,
//!   softmax, an operand of smaller shape) and for the last loop. The called functions are not
//!   inlined: `shared_write` and `shared_update` in `kernels/elementwise.rs`, `shared` in
//!   `kernels/reduce.rs` and `kernels/softmax.rs`. A further statement with the same structure as
//!   one that the program has already costs some 0.01 s of compile time and 300 to 700 bytes of
//!   code (`benches/compile`).
//! - [`Own`]: evaluations that take at most the time of 64 additions (`SMALL` in `run/level.rs`;
//!   4,096 where no SIMD level is detected, as on bare metal) are inlined into the caller. Their
//!   lengths are constants, and they use the instructions of the target's baseline: `(8,) + (8,)`
//!   is two instructions. 64 additions take 5.5 ns in this form, and 7.6 ns with a dispatch to a
//!   SIMD level.
//!
//! [`chosen`] chooses between the two forms by a constant function pointer. A branch would not do,
//! because for each shape the compiler would also compile the functions that are called in the
//! branch that is never taken. Compiling those functions took ten times as long as compiling
//! everything else. Within a form, choices such as streaming stores, the split into tasks and the
//! order of a reduction's loops are made at run time, once per evaluation. What only types can
//! tell, such as whether an operand stretches, is chosen at compile time in both forms.
//!
//! # Inlining
//!
//! A shared function calls `run::dispatch::run`, which inlines the loops of the shared function
//! into one function for each SIMD level. So every function that these loops call, closures
//! included, is `#[inline(always)]`: a function that is not inlined is compiled for the target's
//! baseline, and runs several times slower. The exceptions are builds without optimisation
//! (`cfg(unoptimised)`, set by `build.rs`), where nothing is inlined, and nested operands, which
//! have a function of their own (`expr/stored.rs`).
//!
//! # What the optimiser needs
//!
//! - How an operand is read is a type (`Reading` in `read.rs`) and not an enumeration, because the
//!   optimiser loses track of the value of an enumeration that is in memory.
//! - In [`Own`] code the strides of dense operands are constants of a zero-sized type (`RowMajor`),
//!   which replace whatever strides were computed at run time.
//! - An array that is indexed by a variable is kept in memory and not in registers, together with
//!   the whole struct that it is part of. So where strides are known only at run time, comparisons
//!   select the stride that is needed (`Apart::along`).
//! - A loop that stores to the stack is vectorised without a run-time check for aliasing if the
//!   function in which the loop is written has the destination as an exclusive (`&mut`) argument.
//!   It does not help if only a function that is inlined into the loop has such an argument
//!   (`Planes::fill`, `Planes::change`).
//! - A value must not be moved just after it has been written piece by piece: it is moved by a
//!   vector load, which waits until the stores of all pieces are done. This wait took a third of
//!   the time of a maximum over 256 elements. So accumulators are created in place.
//!
//! # Compile time
//!
//! LLVM takes the larger part of the compile time. It grows with how much data a source holds for
//! each operand, and with how often that data is moved. So for a dense operand of a static shape a
//! source holds one pointer. rustc's part grows with how deeply types are nested, and rustc accepts
//! 128 levels of nesting. So a node adds only one level to the type of its source, and one to the
//! type of its lane. A source has the element types of its operands as parameters: if they were
//! written as associated types of the operands, rustc would follow the whole expression again at
//! each node. `tests/tests/long_expressions.rs` tests the depth, and `benches/compile` measures the
//! times.

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

/// A computation that needs scratch memory, and whose code is chosen by how much work it is.
pub(crate) trait Evaluation: ScratchNeeds + Sized {
    /// The type of the result.
    type Output;
    /// An estimate of the time to evaluate, in additions: the number of elements of the largest
    /// operand or result, times the weight of the most expensive function.
    const WORK: Work;
    /// Runs the computation, in the form `I`: [`Own`] or [`Shared`].
    fn evaluate<I: Instance>(self, scratch: &Scratch<'_>) -> Self::Output;
}

/// Runs `evaluation` with the scratch memory that it needs, in the form that [`chosen`] selects.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn evaluate<V: Evaluation>(evaluation: V) -> V::Output {
    scratch::with::<V, _>(
        #[cfg_attr(not(unoptimised), inline(always))]
        |scratch| (const { chosen::<V>() })(evaluation, scratch),
    )
}

/// The function that runs a `V`: compiled for its own shape if there is little work, and otherwise
/// shared by all shapes. It is returned as a pointer that is a constant, because the compiler
/// compiles only the function that the pointer points to. If a branch called one of the two, both
/// would be compiled.
const fn chosen<V: Evaluation>() -> fn(V, &Scratch<'_>) -> V::Output {
    if V::WORK.is_small() { V::evaluate::<Own> } else { V::evaluate::<Shared> }
}

/// The [`Evaluation`] that computes the expression `node` into `dest`.
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

/// The [`Evaluation`] that reduces the expression `node` over `axes` and writes the `statistic` of
/// each region to `to`. The type `K` says what is known at compile time about the axes.
pub(crate) struct Folding<'e, R, E, K, W> {
    statistic: R,
    node: &'e E,
    axes: AxisSet,
    to: W,
    way: PhantomData<K>,
}
impl<'e, R, E, K, W> Folding<'e, R, E, K, W> {
    /// # Safety
    /// For every index of the shape of `node`, `to` reaches the place for the result of that
    /// index's region, exclusively, as [`reduce`] requires.
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
        // SAFETY: the caller of `new` promised to keep the contract of `reduce`.
        unsafe {
            reduce::<I, K, _, _, _>(statistic, node.source::<I>(scratch), node.shape(), axes, to)
        };
    }
}
