//! Indices that only values tell.

use super::Seen;
use crate::error::ShapeError;
use crate::shape::Shape;

/// What is to be said of `index`, which axis `axis` of `shape`, counted from the last, does not have.
#[cold]
pub(crate) fn index<S: Shape>(shape: S, axis: usize, index: i128) -> ShapeError {
    let seen = Seen::of(shape);
    ShapeError::index(index, seen.names[axis], -1 - axis as isize, seen.lengths())
}

/// Says what is wrong.
#[cold]
#[inline(never)]
#[track_caller]
pub(crate) fn refuse(error: &ShapeError) -> ! {
    panic!("{error}")
}
