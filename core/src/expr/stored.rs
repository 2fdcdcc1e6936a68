//! Materialising an operand, for nodes that need their operands in memory: an operand that is not
//! in memory is computed into scratch memory.

use super::Expr;
use crate::layout::{Dense, Layout, dense_strides};
use crate::memory::Dest;
use crate::read::Strides;
use crate::run::level::HAS_VECTORS;
use crate::run::scratch::{Scratch, ScratchBytes, bytes_of, plus};
use crate::shape::{Instance, Shape, element_count};

/// Whether `E` is an expression whose elements are all computed at once, such as a reduction, and
/// whose own operands must be computed into scratch memory first.
const fn is_nested<E: Expr>() -> bool {
    E::Layout::FREE && !E::Layout::IN_MEMORY && !matches!(E::WRITE_SCRATCH, Some(0))
}

/// Computes the operand `expr` into `dest`.
///
/// The code that computes `expr` is inlined into the evaluation, unless [`is_nested`] holds: then
/// the code is in a function of its own, which is compiled once per type. Otherwise the compiler's
/// work could double at each level of nesting: the type of `b - b.sum_axis(..)` has `b` twice, and
/// `b` may itself be of the form `c - c.sum_axis(..)`, and so on. On targets without SIMD vectors
/// `expr` is always inlined, because the compiler then sees how much scratch memory there is, and
/// removes the checks that it suffices.
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

/// The address and the strides of the elements of `expr`. If they are not in memory, they are
/// computed into `scratch` first, in row-major order.
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

/// The scratch memory that [`stored`] needs.
pub(crate) const fn stored_scratch<E: Expr>() -> ScratchBytes {
    if E::Layout::IN_MEMORY {
        Some(0)
    } else {
        plus(E::WRITE_SCRATCH, bytes_of::<E::Elem>(E::Shape::STATIC_LEN))
    }
}

/// The elements of `expr` as a slice in row-major order. If they are not in memory in this order,
/// they are computed into `scratch` first.
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
    // SAFETY: `at` points to `len` contiguous elements: those of an operand that is dense in
    // memory, or those of `piece`, every one of which `write_whole` has written.
    unsafe { core::slice::from_raw_parts(at, len) }
}

/// The scratch memory that [`dense`] needs.
pub(crate) const fn dense_scratch<E: Expr>() -> ScratchBytes {
    if E::Layout::IN_MEMORY && E::Layout::DENSE {
        Some(0)
    } else {
        plus(E::WRITE_SCRATCH, bytes_of::<E::Elem>(E::Shape::STATIC_LEN))
    }
}
