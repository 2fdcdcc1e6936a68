//! Products of floats by vectors that take no memory: small ones, and all where there is no allocator.

use super::super::simd::{Simd, Vector};
use super::tile::{Wide, tile};
use super::{Part, plain};

/// How many rows a tile has: with two vectors a row, enough sums to keep the multipliers busy.
const ROWS: usize = 4;

/// Writes `a (rows, inner) @ b (inner, columns)`; the columns of `b` lie side by side.
///
/// # Safety
/// The matrices reach their elements, the destination exclusively.
#[inline(always)]
pub(super) unsafe fn product<S: Simd, T: Wide>(
    simd: S,
    (a, b, to): Part<T>,
    [rows, inner, columns]: [usize; 3],
) {
    if columns < const { <T::Short<S> as Vector<S>>::LEN } {
        // SAFETY: the caller's promise.
        return unsafe { plain::product((a, b, to), [rows, inner, columns]) };
    }
    let mut i = 0;
    while i < rows {
        let height = ROWS.min(rows - i);
        let part = (a.from(i, 0), b, to.from(i, 0));
        // SAFETY: the rows are in the destination and in `a`, and the columns are a vector at least.
        unsafe {
            match height {
                4.. => band::<S, T, 4>(simd, part, [4, inner, columns]),
                3 => band::<S, T, 3>(simd, part, [3, inner, columns]),
                2 => band::<S, T, 2>(simd, part, [2, inner, columns]),
                _ => band::<S, T, 1>(simd, part, [1, inner, columns]),
            }
        }
        i += height;
    }
}

/// Writes `height` rows, which are at most `ROWS`, of at least as many columns as a short vector has.
///
/// # Safety
/// As for [`product`].
#[inline(always)]
unsafe fn band<S: Simd, T: Wide, const ROWS: usize>(
    simd: S,
    (a, b, to): Part<T>,
    [height, inner, columns]: [usize; 3],
) {
    let (long, short) = const { (<T::Vector<S> as Vector<S>>::LEN, <T::Short<S> as Vector<S>>::LEN) };
    let mut j = 0;
    // SAFETY, of each: the tile is in the destination, its rows in `a` and its columns in `b`.
    while columns - j >= 2 * long {
        let part = (a, b.from(0, j), to.from(0, j));
        // SAFETY: as above.
        unsafe { tile::<S, T::Vector<S>, ROWS, 2>(simd, part, [height, inner, 2 * long], false) };
        j += 2 * long;
    }
    if columns - j >= long {
        let part = (a, b.from(0, j), to.from(0, j));
        // SAFETY: as above.
        unsafe { tile::<S, T::Vector<S>, ROWS, 1>(simd, part, [height, inner, long], false) };
        j += long;
    }
    while j < columns {
        // What is less than a vector is computed with columns that have been, again, to the same bits.
        let at = j.min(columns - short);
        let part = (a, b.from(0, at), to.from(0, at));
        // SAFETY: as above; there are `short` columns.
        unsafe { tile::<S, T::Short<S>, ROWS, 1>(simd, part, [height, inner, short], false) };
        j = at + short;
    }
}

/// As [`product`], where the lengths are constants in the caller: the loops over rows and columns unroll.
///
/// # Safety
/// As for [`product`].
#[inline(always)]
pub(super) unsafe fn unrolled<S: Simd, T: Wide>(
    simd: S,
    (a, b, to): Part<T>,
    [rows, inner, columns]: [usize; 3],
) {
    if columns < const { <T::Short<S> as Vector<S>>::LEN } {
        // SAFETY: the caller's promise.
        return unsafe { plain::product((a, b, to), [rows, inner, columns]) };
    }
    let whole = rows - rows % ROWS;
    let mut i = 0;
    // The height is a constant in each of the two calls, in a loop that does not unroll as well.
    while i < whole {
        // SAFETY: so many rows are left.
        unsafe { band::<S, T, ROWS>(simd, (a.from(i, 0), b, to.from(i, 0)), [ROWS, inner, columns]) };
        i += ROWS;
    }
    if whole < rows {
        let part = (a.from(whole, 0), b, to.from(whole, 0));
        // SAFETY: as above.
        unsafe { band::<S, T, ROWS>(simd, part, [rows % ROWS, inner, columns]) };
    }
}
