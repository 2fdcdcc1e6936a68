//! Taking by indices: at each index, what an operand has there along an axis.
//!
//! Lengths and strides are values here, so this is compiled once for a pair of element types. What
//! is copied at an index is as long a run as lies side by side in both places, a row most often.

use super::loops::Loops;
use crate::axes::PerAxis;
use crate::element::Integer;
use crate::read::Strides;

/// Elements to take from: an operand of `rank` axes, along axis `axis`, counted from the last.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TakeFrom<T> {
    pub(crate) from: Strides<*const T>,
    pub(crate) lens: PerAxis<usize>,
    pub(crate) rank: usize,
    pub(crate) axis: usize,
}
/// Indices of `rank` axes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TakeIndices<J> {
    pub(crate) from: Strides<*const J>,
    pub(crate) lens: PerAxis<usize>,
    pub(crate) rank: usize,
}

/// Writes to `to`, of the operand's shape with the axes of the indices in the place of the axis, what the
/// operand has at each index.
///
/// # Panics
/// Where an index is out of range: it was checked, so it is another than it was.
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
            // SAFETY: it is an index of the indices' shape.
            let index = unsafe { indices.from.at.wrapping_offset(index).read() };
            let Some(place) = index.place(lens[axis]) else { changed() };
            let along = from.strides[axis].wrapping_mul(place as isize);
            let source = from.at.wrapping_offset(outer_from.wrapping_add(along));
            let target = to.at.wrapping_offset(outer_to.wrapping_add(place_to));
            if run == 1 && inside.are_none() {
                // SAFETY: the place is of the operand's axis, and the other axes are at one of their
                // indices.
                unsafe { target.write(source.read()) };
                return;
            }
            inside.each(|[inner_from, inner_to]| {
                let (source, target) =
                    (source.wrapping_offset(inner_from), target.wrapping_offset(inner_to));
                // SAFETY: as above; `run` elements from there on lie side by side in both, and the
                // destination is exclusive, so it is apart from the operand.
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
