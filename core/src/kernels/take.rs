//! Takes elements of an operand along an axis, by an array of indices.
//!
//! Lengths and strides are values, so [`take`] is compiled once per pair of element types. For each
//! index, it copies runs of elements that are contiguous in both the operand and the destination. A
//! run is usually a whole row.

use super::loops::Loops;
use crate::axes::PerAxis;
use crate::element::Integer;
use crate::read::Strides;

/// The operand that elements are taken from. It has `rank` axes, and elements are taken along axis
/// `axis` (0 is the last axis).
#[derive(Clone, Copy, Debug)]
pub(crate) struct TakeFrom<T> {
    pub(crate) from: Strides<*const T>,
    pub(crate) lens: PerAxis<usize>,
    pub(crate) rank: usize,
    pub(crate) axis: usize,
}
/// The array of indices, which has `rank` axes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TakeIndices<J> {
    pub(crate) from: Strides<*const J>,
    pub(crate) lens: PerAxis<usize>,
    pub(crate) rank: usize,
}

/// Writes to `to` the elements of `operand` at each of `indices`. The shape of `to` is the shape of
/// `operand` with the axes of `indices` in place of the axis `operand.axis`.
///
/// # Panics
/// If an index is out of range. The caller has checked the indices, so this happens only if an
/// index has changed since then.
///
/// # Safety
/// The strides of `operand` and `indices` lead to an initialised element at each index of their
/// shapes. The strides of `to` lead to an element at each index of its shape, and nothing else
/// accesses these elements.
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
            // SAFETY: `taken` loops over the lengths of `indices`, so the offset `index` leads to
            // an element of `indices`.
            let index = unsafe { indices.from.at.wrapping_offset(index).read() };
            let Some(position) = index.position(lens[axis]) else { changed() };
            let along = from.strides[axis].wrapping_mul(position as isize);
            let source = from.at.wrapping_offset(outer_from.wrapping_add(along));
            let target = to.at.wrapping_offset(outer_to.wrapping_add(place_to));
            if run == 1 && inside.are_none() {
                // SAFETY: `position` is in bounds along `axis`, and the loops keep the indices
                // along all other axes in bounds, in the operand and in `to`.
                unsafe { target.write(source.read()) };
                return;
            }
            inside.each(|[inner_from, inner_to]| {
                let (source, target) =
                    (source.wrapping_offset(inner_from), target.wrapping_offset(inner_to));
                // SAFETY: `position` and the loops keep all indices in bounds. `run` elements are
                // contiguous from `source` on and from `target` on. They do not overlap, because by
                // this function's contract nothing else accesses the elements of `to`.
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
