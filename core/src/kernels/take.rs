//! Takes elements of an operand along an axis, by an array of indices.
//!
//! Lengths and strides are values, so this is compiled once per pair of element types. For each
//! index a run of elements is copied that is contiguous in both the operand and the destination,
//! usually a row.

use super::loops::Loops;
use crate::axes::PerAxis;
use crate::element::Integer;
use crate::read::Strides;

/// The operand of `rank` axes to take from, along axis `axis`, counted from the last.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TakeFrom<T> {
    pub(crate) from: Strides<*const T>,
    pub(crate) lens: PerAxis<usize>,
    pub(crate) rank: usize,
    pub(crate) axis: usize,
}
/// An array of indices, of `rank` axes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TakeIndices<J> {
    pub(crate) from: Strides<*const J>,
    pub(crate) lens: PerAxis<usize>,
    pub(crate) rank: usize,
}

/// Writes to `to` what the operand has at each index. The shape of `to` is that of the operand,
/// with the axes of the indices instead of the axis `axis`.
///
/// # Panics
/// If an index is out of range. The indices have been checked before, so this one has changed
/// since.
///
/// # Safety
/// `operand` and `indices` reach an element at each index of their shapes, and `to` at each of the
/// result's, exclusively.
pub(crate) unsafe fn take<T: Copy, J: Integer>(
    operand: TakeFrom<T>,
    indices: TakeIndices<J>,
    to: Strides<*mut T>,
) {
    let TakeFrom { from, lens, rank, axis } = operand;
    let step = |k: usize| [from.strides[k], to.strides[k]];
    let (inside, run) = Loops::over((0..axis).map(|k| (lens[k], step(k))));
    let mut outside = Loops::<2>::NONE;
    for (k, &len) in lens[..rank].iter().enumerate().skip(axis + 1) {
        outside.push(len, [from.strides[k], to.strides[k - 1 + indices.rank]]);
    }
    let mut taken = Loops::<2>::NONE;
    for k in 0..indices.rank {
        taken.push(indices.lens[k], [indices.from.strides[k], to.strides[axis + k]]);
    }
    if run == 0 || inside.are_empty() || outside.are_empty() || taken.are_empty() {
        return;
    }
    outside.each(|[outer_from, outer_to]| {
        taken.each(|[index, place_to]| {
            // SAFETY: this is an index of the array of indices.
            let index = unsafe { indices.from.at.wrapping_offset(index).read() };
            let Some(position) = index.position(lens[axis]) else { changed() };
            let along = from.strides[axis].wrapping_mul(position as isize);
            let source = from.at.wrapping_offset(outer_from.wrapping_add(along));
            let target = to.at.wrapping_offset(outer_to.wrapping_add(place_to));
            if run == 1 && inside.are_none() {
                // SAFETY: `position` is an index of the operand's axis, and the other axes are at one
                // of their indices.
                unsafe { target.write(source.read()) };
                return;
            }
            inside.each(|[inner_from, inner_to]| {
                let (source, target) =
                    (source.wrapping_offset(inner_from), target.wrapping_offset(inner_to));
                // SAFETY: as above. `run` elements from there on are contiguous in both, and the
                // destination is exclusive, so it does not overlap the operand.
                unsafe { source.copy_to_nonoverlapping(target, run) };
            });
        });
    });
}

#[cold]
#[inline(never)]
pub(super) fn changed() -> ! {
    panic!("an index changed after it was checked")
}
