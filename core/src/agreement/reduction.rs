//! The check that a reduction to a maximum or a minimum has at least one element.

use super::{Called, Seen};
use crate::axes::{AxisSet, MAX_RANK};
use crate::shape::Shape;

/// Checks that no axis of `shape` among `axes`, which `operation` reduces, has length 0: there is
/// no maximum or minimum of no elements.
///
/// # Panics
/// If one of `axes` has length 0.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(crate) fn not_empty<S: Shape>(operation: &str, axes: AxisSet, shape: S) {
    if const { S::STATIC_LEN.is_none() } {
        find_empty(operation, axes, Seen::of(shape));
    }
}

#[inline(never)]
#[track_caller]
fn find_empty(operation: &str, axes: AxisSet, shape: Seen) {
    let empty = |k: &usize| axes.contains(*k) && shape.has_length(*k) && shape.lens[*k] == 0;
    if let Some(k) = (0..MAX_RANK).find(empty) {
        let axis = Called(shape.names[k], k);
        panic!("{operation} of no elements: {axis} of shape `{shape}` has length 0");
    }
}
