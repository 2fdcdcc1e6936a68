//! Products of floats that read both operands in place: small ones, and all where there is no
//! allocator.
//!
//! ```text
//! for each 4 rows (3, 2 or 1 at the end):
//!     for each 2 vectors of columns, then for one more vector if it is left: a tile
//!     the columns that are left, by vectors of 128 bits: a tile;
//!         the last vector may cover columns again that have been computed
//! ```
//!
//! Products with fewer columns than such a vector take the plain loops. [`unrolled`] is the variant
//! for static shapes, where the compiler unrolls the loops over rows and columns.

use super::tile::{Wide, sums, tile};
use super::{ProductPart, plain};
use crate::kernels::reduce::tree::each;
use crate::run::simd::{Simd, Vector};

/// The number of rows of a tile. With two vectors per row this makes enough sums to keep the
/// multipliers busy.
const ROWS: usize = 4;

/// Writes `a (rows, inner) @ b (inner, columns)`. The columns of `b` are adjacent.
///
/// # Safety
/// The matrices reach their elements, and the destination is exclusive.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) unsafe fn product<S: Simd, T: Wide>(
    simd: S,
    (a, b, to): ProductPart<T>,
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
        // SAFETY: the rows are in the destination and in `a`, and there is at least one short
        // vector of columns.
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

/// Writes `ROWS` rows, which is `height`. There are at least as many columns as elements of a short
/// vector.
///
/// # Safety
/// As for [`product`].
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn band<S: Simd, T: Wide, const ROWS: usize>(
    simd: S,
    (a, b, to): ProductPart<T>,
    [height, inner, columns]: [usize; 3],
) {
    let (long, short) =
        const { (<T::Vector<S> as Vector<S>>::LEN, <T::Short<S> as Vector<S>>::LEN) };
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
    if j < columns && to.column == 1 {
        let (part, rest) = ((a, b, to), [inner, columns, j]);
        // All at once, because each sum waits for the one before it.
        // SAFETY: the caller's promise; this many short vectors cover the columns that are left.
        unsafe {
            match (columns - j).div_ceil(short) {
                4.. if 4 * short <= long => rest_of::<S, T, ROWS, 4>(simd, part, rest),
                3 if 3 * short <= long => rest_of::<S, T, ROWS, 3>(simd, part, rest),
                2 if 2 * short <= long => rest_of::<S, T, ROWS, 2>(simd, part, rest),
                _ => rest_of::<S, T, ROWS, 1>(simd, part, rest),
            }
        }
        return;
    }
    while j < columns {
        let at = j.min(columns - short);
        let part = (a, b.from(0, at), to.from(0, at));
        // SAFETY: as above; there are `short` columns.
        unsafe { tile::<S, T::Short<S>, ROWS, 1>(simd, part, [height, inner, short], false) };
        j = at + short;
    }
}

/// Writes `ROWS` rows of the columns from `first` on, fewer than a vector, by `VECTORS` short
/// vectors. If the number of columns is no multiple of their length, the last vector computes
/// columns again, with the same bits.
///
/// # Safety
/// As for [`product`]. The columns of the destination are adjacent, `VECTORS` short vectors cover
/// the columns that are left, and there are at least as many columns in all as elements of a short
/// vector.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn rest_of<S: Simd, T: Wide, const ROWS: usize, const VECTORS: usize>(
    simd: S,
    part: ProductPart<T>,
    [inner, columns, first]: [usize; 3],
) {
    let short = const { <T::Short<S> as Vector<S>>::LEN };
    let at = each(
        #[cfg_attr(not(unoptimised), inline(always))]
        |v| (first + v * short).min(columns - short),
    );
    // SAFETY: the caller's promise.
    unsafe { whole_tile::<S, T::Short<S>, ROWS, VECTORS>(simd, part, [ROWS, inner], at) };
}

/// As [`product`], for row-major matrices whose lengths are constants in the caller, so that the
/// loops over rows and columns unroll.
///
/// # Safety
/// As for [`product`].
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) unsafe fn unrolled<S: Simd, T: Wide>(
    simd: S,
    (a, b, to): ProductPart<T>,
    [rows, inner, columns]: [usize; 3],
) {
    let (long, short) =
        const { (<T::Vector<S> as Vector<S>>::LEN, <T::Short<S> as Vector<S>>::LEN) };
    // SAFETY: the caller's promise, and there are at least as many columns as elements of the
    // vector.
    unsafe {
        if columns >= long {
            by_vectors::<S, T, T::Vector<S>>(simd, (a, b, to), [rows, inner, columns]);
        } else if columns >= short {
            by_vectors::<S, T, T::Short<S>>(simd, (a, b, to), [rows, inner, columns]);
        } else {
            plain::product((a, b, to), [rows, inner, columns]);
        }
    }
}

/// As [`unrolled`], by vectors `V` that cover the columns. There are at least as many columns as
/// elements of a vector. If their number is no multiple of that, the last vector computes columns
/// again, with the same bits.
///
/// # Safety
/// As for [`product`].
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn by_vectors<S: Simd, T: Wide, V: Vector<S, Element = T>>(
    simd: S,
    part: ProductPart<T>,
    [rows, inner, columns]: [usize; 3],
) {
    let vectors = columns.div_ceil(V::LEN);
    // A tile has 8 or 12 sums in registers, which keeps the multipliers busy: a fused
    // multiplication waits four cycles for the sum it adds to, and two can begin in each cycle.
    // SSE2 lacks the registers for 12 sums and the operands.
    let threes =
        usize::from(vectors % 2 == 1 && vectors > 1 && V::LEN > <T::Short<S> as Vector<S>>::LEN);
    let twos = (vectors - 3 * threes) / 2;
    let lens = [rows, inner, columns];
    let mut v = 0;
    while v < 2 * twos {
        // SAFETY: the caller's promise; this many vectors are left.
        unsafe { strip::<S, V, ROWS, 2>(simd, part, lens, v) };
        v += 2;
    }
    if threes == 1 {
        // SAFETY: as above.
        unsafe { strip::<S, V, ROWS, 3>(simd, part, lens, v) };
    } else if v < vectors {
        // SAFETY: as above.
        unsafe { strip::<S, V, { 2 * ROWS }, 1>(simd, part, lens, v) };
    }
}

/// Writes the columns of `VECTORS` vectors, from vector number `first` on.
///
/// # Safety
/// As for [`product`]; there are at least as many columns as elements of a vector.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn strip<S: Simd, V: Vector<S>, const ROWS: usize, const VECTORS: usize>(
    simd: S,
    (a, b, to): ProductPart<V::Element>,
    [rows, inner, columns]: [usize; 3],
    first: usize,
) where
    V::Element: Wide,
{
    let at = each(
        #[cfg_attr(not(unoptimised), inline(always))]
        |v| ((first + v) * V::LEN).min(columns - V::LEN),
    );
    let whole = rows - rows % ROWS;
    let mut i = 0;
    // Two calls with a constant height each. A loop with a variable height would not unroll as
    // well.
    while i < whole {
        let part = (a.from(i, 0), b, to.from(i, 0));
        // SAFETY: this many rows are left, and each vector is within the columns.
        unsafe { whole_tile::<S, V, ROWS, VECTORS>(simd, part, [ROWS, inner], at) };
        i += ROWS;
    }
    if whole < rows {
        let part = (a.from(whole, 0), b, to.from(whole, 0));
        // SAFETY: as above.
        unsafe { whole_tile::<S, V, ROWS, VECTORS>(simd, part, [rows % ROWS, inner], at) };
    }
}

/// Writes `height` rows, at most `ROWS`, of the vectors at the columns `at`.
///
/// # Safety
/// The matrices reach these rows and columns, and the destination is exclusive. Its columns are
/// adjacent.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn whole_tile<S: Simd, V: Vector<S>, const ROWS: usize, const VECTORS: usize>(
    simd: S,
    (a, b, to): ProductPart<V::Element>,
    [height, inner]: [usize; 2],
    at: [usize; VECTORS],
) where
    V::Element: Wide,
{
    // SAFETY: the caller's promise.
    let sums = unsafe { sums::<S, V, ROWS, VECTORS>(simd, a, b, [height, inner], at) };
    for (r, row) in sums.iter().enumerate().take(height) {
        for (&sum, &column) in row.iter().zip(&at) {
            // SAFETY: as above.
            unsafe { sum.store(to.element(r, column)) };
        }
    }
}
