//! The check of the number of windows over an axis.

use super::{Called, Seen};
use crate::arith;
use crate::shape::{Extent, Shape};

/// Checks that there are `count` windows, at least one, over axis `axis` of `shape` (0 is the last
/// axis), as `arith::windows` counts them. A window has `window` elements, which are `dilation`
/// apart. It moves in steps of `stride` over the axis and over `pad` more elements at each end of
/// the axis.
///
/// # Panics
/// If there is no window, or another number of windows.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(crate) fn windows<S: Shape, A: Extent, Count: Extent>(
    shape: S,
    axis: usize,
    [window, stride, pad, dilation]: [usize; 4],
    count: Count,
) {
    if const { A::STATIC.is_none() || Count::STATIC.is_none() } {
        count_windows(Seen::of(shape), axis, [window, stride, pad, dilation], count.len());
    }
}

#[inline(never)]
#[track_caller]
fn count_windows(
    shape: Seen,
    axis: usize,
    [window, stride, pad, dilation]: [usize; 4],
    said: usize,
) {
    let (called, len) = (Called(shape.names[axis], axis), shape.lens[axis]);
    let count = arith::windows(len, window, stride, pad, dilation).unwrap_or(0);
    if count == 0 {
        let reach = arith::reach(window, dilation).unwrap_or(usize::MAX);
        let padded = arith::padded(len, pad).unwrap_or(usize::MAX);
        if pad == 0 {
            panic!(
                "a window of {reach} is longer than {called} of length {len} of shape `{shape}`"
            );
        }
        panic!(
            "a window of {reach} is longer than {called} of padded length {padded} of shape `{shape}`"
        );
    }
    assert!(
        count == said,
        "there are {count} windows of {window}, not {said}, over {called} of length {len} of shape `{shape}`"
    );
}
