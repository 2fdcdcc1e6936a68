//! One-hot encoding: each class becomes a row with 1 at the index of the class, and 0 elsewhere.

use super::fill::fill;
use super::loops::Loops;
use super::take::TakeIndices;
use crate::axes::pushed;
use crate::element::{Integer, Numeric};
use crate::read::Strides;

/// Writes the one-hot encoding of each class in `indices` to `to`. The shape of `to` is the shape
/// of `indices` with one more axis at the end, of length `classes`.
///
/// # Panics
/// If a class is negative, or not below `classes`. The caller has checked the classes, so this
/// happens only if a class has changed since then.
///
/// # Safety
/// The strides of `indices` lead to an initialised element at each index of its shape. The strides
/// of `to` lead to an element at each index of its shape, and nothing else accesses these elements.
pub(crate) unsafe fn one_hot<T: Numeric, J: Integer>(
    indices: TakeIndices<J>,
    classes: usize,
    to: Strides<*mut T>,
) {
    // SAFETY: the caller keeps this function's contract.
    unsafe { fill(to, pushed(indices.lens, classes), T::ZERO) };
    let mut each = Loops::<2>::NONE;
    for k in 0..indices.rank {
        each.push(indices.lens[k], [indices.from.strides[k], to.strides[k + 1]]);
    }
    if each.are_empty() {
        return;
    }
    each.each(|[index, vector]| {
        // SAFETY: the loops run over the lengths of `indices`, so the offset `index` leads to an
        // element of `indices`.
        let index = unsafe { indices.from.at.wrapping_offset(index).read() };
        let Some(position) = index.position_from_start(classes) else { super::take::changed() };
        let position = vector.wrapping_add(to.strides[0].wrapping_mul(position as isize));
        // SAFETY: `position_from_start` returns only classes below `classes`, the length of the
        // last axis of `to`, and the loops keep the indices along all other axes in bounds.
        unsafe { to.at.wrapping_offset(position).write(T::ONE) };
    });
}
