//! Checks of indices and ranges along an axis, for slices and parts of a tensor.

use core::fmt;

use super::{Called, Seen};
use crate::shape::{Extent, List, Shape};
use crate::verify;

/// Checks that the `count` indices from `start` on, in steps of `step`, are in bounds along axis
/// `axis` of `shape` (0 is the last axis). A negative `start` counts from the end. Returns the
/// first index, counted from the start of the axis.
///
/// # Panics
/// If one of the indices is out of bounds.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(crate) fn span<S: Shape, A: Extent>(
    shape: S,
    axis: usize,
    start: isize,
    count: usize,
    step: isize,
) -> usize {
    if const { A::STATIC.is_none() } {
        reach(Seen::of(shape), axis, [start as i128, count as i128, step as i128]);
    }
    let len = shape.into_list().lens()[axis];
    if start < 0 { len.wrapping_add_signed(start) } else { start as usize }
}

#[inline(never)]
#[track_caller]
fn reach(shape: Seen, axis: usize, [start, count, step]: [i128; 3]) {
    let len = shape.lens[axis];
    let first = if start < 0 { len as i128 + start } else { start };
    let last = if count == 0 { first } else { first + (count - 1) * step };
    let end = if count == 0 { len as i128 + 1 } else { len as i128 };
    let inside = |index: i128| 0 <= index && index < end;
    assert!(
        inside(first) && inside(last),
        "cannot slice {} of length {len} of shape `{shape}`: {count} indices from {start} in steps of \
         {step} reach past its {}{}",
        Called(shape.names[axis], axis),
        if first < 0 || last < 0 { "start" } else { "end" },
        if step < 0 { verify::BACKWARDS } else { "" },
    );
}

/// Panics because `index` is out of bounds along axis `axis` of `shape` (0 is the last axis).
#[cold]
#[track_caller]
pub(crate) fn no_such_index<S: Shape>(shape: S, axis: usize, index: usize) -> ! {
    beyond(&Seen::of(shape), axis, format_args!("index {index} is"))
}

/// Panics because the `len` indices from `start` on are not all in bounds along axis `axis` of
/// `shape` (0 is the last axis).
#[cold]
#[track_caller]
pub(crate) fn no_such_range<S: Shape>(shape: S, axis: usize, start: usize, len: usize) -> ! {
    beyond(&Seen::of(shape), axis, format_args!("{len} indices from {start} on are"))
}

#[cold]
#[inline(never)]
#[track_caller]
fn beyond(shape: &Seen, axis: usize, what: fmt::Arguments<'_>) -> ! {
    let (name, len) = (Called(shape.names[axis], axis), shape.lens[axis]);
    panic!("{what} out of range for {name} of length {len} of shape `{shape}`")
}
