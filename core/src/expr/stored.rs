//! Materialising an operand: computing it into scratch where it is not in memory, for nodes that
//! need their operands in memory.

use super::Expr;
use crate::layout::{Dense, Layout, dense_strides};
use crate::memory::Dest;
use crate::read::Strides;
use crate::run::level::HAS_VECTORS;
use crate::run::scratch::{Scratch, ScratchBytes, bytes_of, plus};
use crate::shape::{Instance, Shape, element_count};

/// Whether `E` is computed as a whole and needs scratch for operands that are computed before it.
const fn is_nested<E: Expr>() -> bool {
    E::Layout::FREE && !E::Layout::IN_MEMORY && !matches!(E::WRITE_SCRATCH, Some(0))
}

/// Computes the operand `expr` into `dest`.
///
/// The code that computes it is inlined into the evaluation, unless it is nested: then it has a
/// function of its own, compiled once per type. An expression that is used twice occurs twice in
/// the type, so each level of, say, `b - b.sum_axis(..)` with `b` of the same form would double
/// what the compiler has to do. On targets without vectors it is inlined all the same, because the
/// surrounding code knows how much scratch there is.
#[cfg_attr(not(unoptimised), inline(always))]
fn write_whole<I: Instance, E: Expr>(
    expr: &E,
    dest: Dest<'_, E::Elem, E::Shape, Dense>,
    scratch: &Scratch<'_>,
) {
    if const { HAS_VECTORS && is_nested::<E>() } {
        write_nested::<I, E>(expr, dest, scratch);
    } else {
        expr.write::<I, _>(dest, scratch);
    }
}
#[inline(never)]
fn write_nested<I: Instance, E: Expr>(
    expr: &E,
    dest: Dest<'_, E::Elem, E::Shape, Dense>,
    scratch: &Scratch<'_>,
) {
    expr.write::<I, _>(dest, scratch);
}

/// Where the elements of `expr` lie, after materialising them in `scratch` if they are not in
/// memory. If they are materialised, they are row-major.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn stored<'s, I: Instance, E: Expr>(
    expr: &'s E,
    scratch: &'s Scratch<'_>,
) -> Strides<*const E::Elem> {
    if const { E::Layout::IN_MEMORY } {
        return expr.memory().unwrap_or_else(|| unreachable!("what is in memory lies somewhere"));
    }
    let shape = expr.shape();
    let piece = scratch.take(element_count(shape));
    write_whole::<I, E>(expr, Dest::dense(piece, shape), scratch);
    Strides { at: piece.as_ptr().cast(), strides: dense_strides(shape) }
}

/// The scratch that [`stored`] takes.
pub(crate) const fn stored_scratch<E: Expr>() -> ScratchBytes {
    if E::Layout::IN_MEMORY {
        Some(0)
    } else {
        plus(E::WRITE_SCRATCH, bytes_of::<E::Elem>(E::Shape::STATIC_LEN))
    }
}

/// The elements of `expr` as a slice in row-major order, after materialising them in `scratch` if
/// they do not lie so in memory.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn dense<'s, I: Instance, E: Expr>(
    expr: &'s E,
    scratch: &'s Scratch<'_>,
) -> &'s [E::Elem] {
    let shape = expr.shape();
    let len = element_count(shape);
    let at = if const { E::Layout::IN_MEMORY && E::Layout::DENSE } {
        expr.memory().unwrap_or_else(|| unreachable!("what is in memory lies somewhere")).at
    } else {
        let piece = scratch.take(len);
        write_whole::<I, E>(expr, Dest::dense(piece, shape), scratch);
        piece.as_ptr().cast()
    };
    // SAFETY: dense memory has the `len` elements side by side, and `write` has written each
    // element of the piece.
    unsafe { core::slice::from_raw_parts(at, len) }
}

/// The scratch that [`dense`] takes.
pub(crate) const fn dense_scratch<E: Expr>() -> ScratchBytes {
    if E::Layout::IN_MEMORY && E::Layout::DENSE {
        Some(0)
    } else {
        plus(E::WRITE_SCRATCH, bytes_of::<E::Elem>(E::Shape::STATIC_LEN))
    }
}
