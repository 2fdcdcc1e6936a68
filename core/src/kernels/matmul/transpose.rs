//! Transposes a matrix while copying it, by SIMD vectors of 128 bits. Such a vector has `n`
//! elements: 4 of type `f32`, or 2 of type `f64`.
//!
//! 1. Load a vector from each of `n` rows.
//! 2. Interleave the vectors in pairs, log2 `n` times. After that each vector holds elements of one
//!    column.
//! 3. Store each vector as a part of a row of the result.
//! 4. Copy the remaining rows and columns, element by element.

use core::ops::Range;

use super::Matrix;
use super::tile::Wide;
use crate::kernels::reduce::tree::each;
use crate::run::simd::{Short, Simd, Vector};

/// The most elements of a SIMD vector of 128 bits.
const MOST: usize = 4;

/// Copies a matrix of `rows` contiguous rows to `columns` contiguous columns: element `c` of row
/// `r` becomes element `r` of column `c`. The first row is at `from`, and rows begin `row` elements
/// apart. The first column is at `to`, and columns begin `column` elements apart.
///
/// # Safety
/// `from` and `row` lead to `rows` rows of `columns` elements. `to` and `column` lead to `columns`
/// columns of `rows` elements, which may be uninitialised, and which nothing else accesses.
#[cfg_attr(not(unoptimised), inline(always))]
pub(in crate::kernels) unsafe fn transpose<S: Simd, T: Wide>(
    simd: S,
    (from, row): (*const T, isize),
    [rows, columns]: [usize; 2],
    (to, column): (*mut T, usize),
) {
    let len = const { <T::Short<S> as Vector<S>>::LEN };
    let (from, to) =
        (Matrix { at: from, row, column: 1 }, Matrix { at: to, row: column as isize, column: 1 });
    let (whole_rows, whole_columns) = (rows - rows % len, columns - columns % len);
    let mut r = 0;
    while r < whole_rows {
        let mut c = 0;
        while c < whole_columns {
            let mut vectors: [T::Short<S>; MOST] = each(
                #[cfg_attr(not(unoptimised), inline(always))]
                // SAFETY: `r + len` is at most `rows`, and `c + len` is at most `columns`.
                |k| unsafe { T::Short::<S>::load(simd, from.element(r + k.min(len - 1), c)) },
            );
            // After `log2(len)` passes, vector `k` holds column `c + k`: each pass interleaves the
            // first half of the vectors with the second half.
            let mut step = 1;
            while step < len {
                let before = vectors;
                for k in 0..len / 2 {
                    let [first, second] = before[k].in_turn(before[k + len / 2]);
                    (vectors[2 * k], vectors[2 * k + 1]) = (first, second);
                }
                step *= 2;
            }
            for (k, vector) in vectors.iter().enumerate().take(len) {
                // SAFETY: `c + k` is below `columns`, and `r + len` is at most `rows`.
                unsafe { vector.store(to.element(c + k, r)) };
            }
            c += len;
        }
        r += len;
    }
    // SAFETY: by this function's contract `from` has `rows` rows and `columns` columns, and `to`
    // has `columns` rows and `rows` columns. `whole_rows` is at most `rows`, and `c` is below
    // `columns`.
    unsafe {
        for c in whole_columns..columns {
            one_by_one(from, to, 0..whole_rows, c);
        }
        for c in 0..columns {
            one_by_one(from, to, whole_rows..rows, c);
        }
    }
}

/// Copies element `c` of each row in `rows` to column `c` of `to`. In `to`, columns are stored as
/// rows.
///
/// # Safety
/// `from` has an element in column `c` of each row in `rows`. `to` has an element in row `c` at the
/// index of each of these rows, and nothing else accesses it.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn one_by_one<T: Wide>(
    from: Matrix<*const T>,
    to: Matrix<*mut T>,
    rows: Range<usize>,
    c: usize,
) {
    for r in rows {
        // SAFETY: the caller keeps this function's contract.
        unsafe { to.element(c, r).write(from.element(r, c).read()) };
    }
}
