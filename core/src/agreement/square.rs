//! The checks of square matrices and of the right-hand sides that they are solved for.

use super::Seen;
use crate::shape::{List, Shape};

/// Checks that a matrix of shape `shape`, which is square by its type, has as many columns as rows.
/// Returns the number of rows.
///
/// # Panics
/// If the numbers of columns and rows differ.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(crate) fn square<S: Shape>(shape: S) -> usize {
    let lens = shape.into_list().lens();
    // Static lengths are equal by their type, so the compiler removes this check for them.
    if lens[0] != lens[1] {
        not_square(Seen::of(shape));
    }
    lens[1]
}

#[cold]
#[inline(never)]
#[track_caller]
fn not_square(shape: Seen) -> ! {
    panic!("a square matrix is asked for here, and `{shape}` is not one");
}

/// Checks that a square matrix of shape `matrix` has as many rows as a right-hand side of shape
/// `rhs`.
///
/// # Panics
/// If the numbers of rows differ.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(crate) fn solve<A: Shape, B: Shape>(matrix: A, rhs: B) {
    if matrix.into_list().lens()[1] != rhs.into_list().lens()[B::RANK - 1] {
        other_rows(Seen::of(matrix), Seen::of(rhs));
    }
}

#[cold]
#[inline(never)]
#[track_caller]
fn other_rows(matrix: Seen, rhs: Seen) -> ! {
    let (rows, first) = (matrix.lens[1], rhs.lens[rhs.rank - 1]);
    panic!(
        "cannot solve `{matrix}` for `{rhs}`: the matrix has {rows} rows, the right-hand side {first}"
    );
}
