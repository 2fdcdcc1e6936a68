//! Transposes a matrix while copying it, by vectors of 128 bits. `n` is the number of their
//! elements, 4 for `f32` and 2 for `f64`.
//!
//! 1. Load a vector from each of `n` rows.
//! 2. Interleave them pairwise, log2 `n` times. Then each vector has the elements of one column.
//! 3. Store each vector as a part of a row of the result.
//! 4. The rows and columns that are left are copied one by one.

use core::ops::Range;

use super::Matrix;
use super::tile::Wide;
use crate::kernels::reduce::tree::each;
use crate::run::simd::{Short, Simd, Vector};

/// The most elements of a vector of 128 bits.
const MOST: usize = 4;

/// Writes element `c` of row `r` to index `r` of column `c`. The rows begin at `from`, `row`
/// elements apart, and each is contiguous. The columns begin at `to`, `column` elements apart.
///
/// # Safety
/// `from` reaches `rows` rows of `columns` elements. `to` reaches as many, exclusively, which may
/// be uninitialised.
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
                // SAFETY: at least `len` rows are left, each with at least `len` elements.
                |k| unsafe { T::Short::<S>::load(simd, from.element(r + k.min(len - 1), c)) },
            );
            // Each step brings elements together that are half as far apart in the result.
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
                // SAFETY: this many columns are left, with places for as many rows.
                unsafe { vector.store(to.element(c + k, r)) };
            }
            c += len;
        }
        r += len;
    }
    // SAFETY: these are the rows and the columns that are left.
    unsafe {
        for c in whole_columns..columns {
            one_by_one(from, to, 0..whole_rows, c);
        }
        for c in 0..columns {
            one_by_one(from, to, whole_rows..rows, c);
        }
    }
}

/// Writes the elements of some rows to column `c`.
///
/// # Safety
/// As for [`transpose`], of these rows and this column.
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
