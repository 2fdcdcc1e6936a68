//! Errors and panics about indices that are known only at run time.

use super::Seen;
use crate::error::ShapeError;
use crate::shape::Shape;

/// The error that `index` is out of bounds along axis `axis` of `shape` (0 is the last axis).
#[cold]
pub(crate) fn index<S: Shape>(shape: S, axis: usize, index: i128) -> ShapeError {
    let seen = Seen::of(shape);
    ShapeError::index(index, seen.names[axis], -1 - axis as isize, seen.lengths())
}

/// Panics with `error`.
#[cold]
#[inline(never)]
#[track_caller]
pub(crate) fn refuse(error: &ShapeError) -> ! {
    panic!("{error}")
}
