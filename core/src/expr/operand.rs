//! The operands of an elementwise node: which of them are computed in the node's loop, and which
//! before the loop.
//!
//! The layout of an operand says whether its elements have to be computed, and its shape says when.
//! An operand of the same shape as the result is computed in the loop. An operand of a smaller
//! shape is computed before the loop, because the loop reads each of its elements several times and
//! would compute it each time. Types decide this: [`Stretches`] says whether a shape stretches to
//! another, and [`Reading`] chooses the source that is read.

use super::{Expr, Shaped, stored, stored_scratch};
use crate::axes::{AxisKind, MAX_RANK};
use crate::layout::{Dense, Layout};
use crate::memory::Memory;
use crate::read::Reading;
use crate::run::scratch::{Scratch, ScratchBytes};
use crate::shape::{Instance, List, ListOf, Shape, Stretches};

/// How the operand `E` of an operation with the result shape `Out` is read.
type WayOf<E, Out> = <<E as Expr>::Layout as Layout>::Way<Stretches<<E as Shaped>::Shape, Out>>;

/// The source that reads the operand `E` of an operation with the result shape `Out`.
pub(crate) type OperandOf<'s, I, E, Out> =
    <WayOf<E, Out> as Reading>::Of<<E as Expr>::Source<'s, I>, StoredOf<'s, I, E>>;

/// The source that reads the elements of `E` once they are in scratch.
type StoredOf<'s, I, E> =
    Memory<'s, <E as Shaped>::Elem, <I as Instance>::Of<<E as Shaped>::Shape>, Dense>;

/// Whether each axis that is a length in `Out` is a length in shape `S` too, neither `One` nor
/// missing, so that `S` stretches along no axis.
pub(crate) const fn same_axes<S: Shape, Out: Shape>() -> bool {
    let (mine, out) = (<ListOf<S> as List>::KINDS, <ListOf<Out> as List>::KINDS);
    let mut k = 0;
    while k < MAX_RANK {
        if matches!(out[k], AxisKind::Length(_)) && !matches!(mine[k], AxisKind::Length(_)) {
            return false;
        }
        k += 1;
    }
    true
}

/// Whether the operand `E` of an operation with the result shape `Out` is computed before the loop,
/// because its elements have to be computed and its shape is smaller than `Out`.
const fn hoists<E: Expr, Out: Shape>() -> bool {
    !E::Layout::FREE && !same_axes::<E::Shape, Out>()
}

/// The source that reads the operand `expr` of an operation with the result shape `Out`.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn operand<'s, I: Instance, E: Expr, Out: Shape>(
    expr: &'s E,
    scratch: &'s Scratch<'_>,
) -> OperandOf<'s, I, E, Out> {
    WayOf::<E, Out>::read(
        #[cfg_attr(not(unoptimised), inline(always))]
        || expr.source::<I>(scratch),
        #[cfg_attr(not(unoptimised), inline(always))]
        // SAFETY: `stored` writes every element of `expr` to `scratch`, in row-major order.
        || unsafe { Memory::new(stored::<I, _>(expr, scratch)) },
    )
}

/// The scratch memory that [`operand`] needs.
pub(crate) const fn operand_scratch<E: Expr, Out: Shape>() -> ScratchBytes {
    if hoists::<E, Out>() { stored_scratch::<E>() } else { E::SOURCE_SCRATCH }
}
