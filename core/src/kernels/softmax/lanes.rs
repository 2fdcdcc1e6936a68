//! Parts of the passes of softmax over a region, or over a tile of columns: calling a function at
//! each lane, updating a lane of the destination in place, and reading the destination again.

use crate::kernels::walk::Axes;
use crate::layout::Layout;
use crate::memory::Memory;
use crate::read::{Source, Steps, Strides};
use crate::shape::{Shape, lane_axis};

/// Calls `body` at each index along the axes `reduced`, with the source and the destination at the
/// position of the lane there.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn each_lane<E: Source>(
    position: &mut (E, Strides<*mut E::Elem>),
    mut reduced: Axes,
    body: impl Fn(&E, &Strides<*mut E::Elem>),
) {
    let (axis, lanes) = reduced.take();
    loop {
        for _ in 0..lanes {
            body(&position.0, &position.1);
            position.step(axis, 1);
        }
        position.step(axis, -(lanes as isize));
        if !reduced.next(position) {
            return;
        }
    }
}

/// Replaces `width` elements of the lane at `to`, from element `start` on. The old element
/// `x` at `start + k` becomes `of(k, x)`.
///
/// # Safety
/// The lane at `to` has at least `start + width` elements, and nothing else accesses them. The
/// `width` elements from `start` on have been written.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) unsafe fn update<E: Source, S: Shape, L: Layout>(
    to: &Strides<*mut E::Elem>,
    (start, width): (usize, usize),
    of: impl Fn(usize, E::Elem) -> E::Elem,
) {
    let stride = if L::DENSE { 1 } else { to.strides[lane_axis::<S>()] };
    for k in 0..width {
        let element = to.at.wrapping_offset(stride.wrapping_mul((start + k) as isize));
        // SAFETY: the lane has `start + width` elements, `stride` apart. The caller has exclusive
        // access to them, and promises that those from `start` on have been written.
        unsafe { element.write(of(k, element.read())) };
    }
}

/// The destination `to` as a source, to read the elements that have been written.
///
/// # Safety
/// Only elements that have been written are read from the result. `to` reaches an element for every
/// index of `S`.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) unsafe fn written<'d, E: Source, S: Shape, L: Layout>(
    to: &Strides<*mut E::Elem>,
) -> Memory<'d, E::Elem, S, L> {
    // SAFETY: the caller keeps this function's contract, so the strides reach an element at every
    // index of `S`.
    unsafe { Memory::new(Strides { at: to.at.cast_const(), strides: to.strides }) }
}
