//! The passes of softmax over the lanes of a region, or of a tile of columns: calling a function at
//! each lane, updating a lane of the destination in place, and reading it again.

use crate::kernels::walk::Axes;
use crate::layout::Layout;
use crate::memory::Memory;
use crate::read::{Source, Steps, Strides};
use crate::shape::{Shape, lane_axis};

/// Calls `body` at every lane along the axes `reduced`, with the operand and the destination there.
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

/// Replaces `width` elements of a lane of the destination, from `start` on. `of` returns the new
/// element for the index counted from `start` and the old element.
///
/// # Safety
/// As for [`write_lane`](crate::kernels::elementwise::write_lane), and these elements have been
/// written.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) unsafe fn update<E: Source, S: Shape, L: Layout>(
    to: &Strides<*mut E::Elem>,
    (start, width): (usize, usize),
    of: impl Fn(usize, E::Elem) -> E::Elem,
) {
    let stride = if L::DENSE { 1 } else { to.strides[lane_axis::<S>()] };
    for k in 0..width {
        let element = to.at.wrapping_offset(stride.wrapping_mul((start + k) as isize));
        // SAFETY: the stride along the lane reaches the destination's elements, which are
        // initialised and borrowed exclusively; `start + k` is below the length of the lane.
        unsafe { element.write(of(k, element.read())) };
    }
}

/// The destination as a source, to read what has been written.
///
/// # Safety
/// Only elements that have been written are read.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) unsafe fn written<'d, E: Source, S: Shape, L: Layout>(
    to: &Strides<*mut E::Elem>,
) -> Memory<'d, E::Elem, S, L> {
    // SAFETY: the caller's promise; the strides reach an element at every index of `S`.
    unsafe { Memory::new(Strides { at: to.at.cast_const(), strides: to.strides }) }
}
