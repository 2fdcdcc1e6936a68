//! One-hot vectors of classes: 1 at the index of the class, and 0 elsewhere.

use super::fill::fill;
use super::loops::Loops;
use super::take::TakeIndices;
use crate::axes::pushed;
use crate::element::{Integer, Numeric};
use crate::read::Strides;

/// Writes a one-hot vector for each index to `to`, whose shape is that of the indices with a last
/// axis of length `classes`.
///
/// # Panics
/// If an index is not that of a class. The indices have been checked before, so this one has
/// changed since.
///
/// # Safety
/// `indices` reach an element at each index of their shape, and `to` one at each index of the
/// result, exclusively.
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
        // SAFETY: this is an index of the array of indices.
        let index = unsafe { indices.from.at.wrapping_offset(index).read() };
        let Some(position) = index.position_from_start(classes) else { super::take::changed() };
        let position = vector.wrapping_add(to.strides[0].wrapping_mul(position as isize));
        // SAFETY: `position` is an index of the last axis, and the others are at one of their indices.
        unsafe { to.at.wrapping_offset(position).write(T::ONE) };
    });
}
