//! Elementwise evaluation: one pass over the destination, lane by lane, with the whole expression inlined into the loop.

use core::mem::MaybeUninit;

use super::walk::{Axes, Strides, lane_axis};
use crate::expr::{Dest, Lane, Source};
use crate::shape::Shape;
use crate::storage::Layout;

/// Writes every element of `source` to `dest`.
#[inline(always)]
pub(crate) fn write<E: Source, S: Shape, L: Layout>(source: E, dest: Dest<'_, E::Elem, S, L>, shape: S) {
    let lane_stride = dest.to.strides[lane_axis::<S>()];
    each_lane(
        shape,
        (source, dest.to),
        #[inline(always)]
        |(source, to), len| {
            // SAFETY: the walk visits positions of `shape` with no empty axis.
            let lane = unsafe { source.lane::<S>() };
            if L::DENSE || lane_stride == 1 {
                // SAFETY: a dense destination has the `len` elements of the lane side by side, borrowed exclusively.
                let out =
                    unsafe { core::slice::from_raw_parts_mut(to.at.cast::<MaybeUninit<E::Elem>>(), len) };
                // SAFETY: the destination has the length of the lane.
                unsafe { lane.write::<S>(out) };
            } else {
                for j in 0..len {
                    // SAFETY: the destination's stride along the lane reaches `len` elements, borrowed exclusively; `j < len`.
                    unsafe {
                        to.at.wrapping_offset(lane_stride.wrapping_mul(j as isize)).write(lane.get::<S>(j))
                    };
                }
            }
        },
    );
}

/// Updates every element of `dest`, which are initialised, with the element of `source`.
#[inline(always)]
pub(crate) fn update<T: Copy, E: Source, S: Shape, L: Layout>(
    dest: Dest<'_, T, S, L>,
    source: E,
    shape: S,
    op: impl Fn(T, E::Elem) -> T,
) {
    let lane_stride = dest.to.strides[lane_axis::<S>()];
    each_lane(
        shape,
        (source, dest.to),
        #[inline(always)]
        |(source, to), len| {
            // SAFETY: the walk visits positions of `shape` with no empty axis.
            let lane = unsafe { source.lane::<S>() };
            if L::DENSE || lane_stride == 1 {
                // SAFETY: a dense destination has the `len` elements of the lane side by side, initialised and borrowed exclusively.
                let out = unsafe { core::slice::from_raw_parts_mut(to.at, len) };
                // SAFETY: the destination has the length of the lane.
                unsafe { lane.update::<S, T>(out, &op) };
            } else {
                for j in 0..len {
                    let element = to.at.wrapping_offset(lane_stride.wrapping_mul(j as isize));
                    // SAFETY: the destination's stride along the lane reaches `len` initialised elements, borrowed exclusively; `j < len`.
                    unsafe { element.write(op(element.read(), lane.get::<S>(j))) };
                }
            }
        },
    );
}

/// Calls `body` at each lane of `shape` with the lane's length; not at all where an axis is empty.
#[inline(always)]
fn each_lane<E: Source, T, S: Shape>(
    shape: S,
    position: (E, Strides<*mut T>),
    mut body: impl FnMut(&(E, Strides<*mut T>), usize),
) {
    let mut position = position;
    let mut axes = Axes::new(shape, &position, |_| true);
    if axes.is_empty() {
        return;
    }
    let len = axes.take_lane();
    loop {
        body(&position, len);
        if !axes.next(&mut position) {
            return;
        }
    }
}
