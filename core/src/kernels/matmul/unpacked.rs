//! Products of floats that read both operands in place, without packing. Small products are
//! computed here, and without an allocator every product whose right operand has contiguous rows.
//!
//! ```text
//! for each band of 4 rows (3, 2 or 1 rows at the end):
//!     compute a tile for each 2 SIMD vectors of columns, and one for a single vector that is left
//!     compute the columns that are left in vectors of 128 bits;
//!         the last of these vectors may overlap columns that have been computed already
//! ```
//!
//! If a product has fewer columns than a vector of 128 bits has elements, it is computed by the
//! loops of [`plain`]. [`unrolled`] is the variant for static shapes, where the compiler unrolls
//! the loops over rows and columns.

use super::tile::{Wide, sums, tile};
use super::{ProductPart, plain};
use crate::kernels::reduce::tree::each;
use crate::run::simd::{Simd, Vector};

/// The number of rows of a tile. A tile of 4 rows and two vectors per row has 8 independent sums,
/// which is enough to keep the multipliers busy.
const ROWS: usize = 4;

/// Writes `a (rows, inner) @ b (inner, columns)`. The rows of `b` are contiguous.
///
/// # Safety
/// The pointers and strides of `a`, `b` and `to` lead to all elements of matrices of these lengths.
/// Nothing else accesses the elements of `to`. `b.column` is 1, or `inner` is 0.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) unsafe fn product<S: Simd, T: Wide>(
    simd: S,
    (a, b, to): ProductPart<T>,
    [rows, inner, columns]: [usize; 3],
) {
    if columns < const { <T::Short<S> as Vector<S>>::LEN } {
        // SAFETY: the caller keeps this function's contract.
        return unsafe { plain::product((a, b, to), [rows, inner, columns]) };
    }
    let mut i = 0;
    while i < rows {
        let height = ROWS.min(rows - i);
        let part = (a.from(i, 0), b, to.from(i, 0));
        // SAFETY: the caller keeps this function's contract. `a` and `to` have at least `height`
        // rows from row `i` on, and each arm computes at most `height` rows. `columns` is at least
        // the length of a short vector, because a product with fewer columns has been computed
        // above.
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

/// Writes `ROWS` rows of a product. `height` equals `ROWS`.
///
/// # Safety
/// The caller keeps the contract of [`product`], and `columns` is at least the length of a short
/// vector.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn band<S: Simd, T: Wide, const ROWS: usize>(
    simd: S,
    (a, b, to): ProductPart<T>,
    [height, inner, columns]: [usize; 3],
) {
    let (long, short) =
        const { (<T::Vector<S> as Vector<S>>::LEN, <T::Short<S> as Vector<S>>::LEN) };
    let mut j = 0;
    while columns - j >= 2 * long {
        let part = (a, b.from(0, j), to.from(0, j));
        // SAFETY: `j + 2 * long` is at most `columns`, so this tile is in `b` and `to`.
        unsafe { tile::<S, T::Vector<S>, ROWS, 2>(simd, part, [height, inner, 2 * long], false) };
        j += 2 * long;
    }
    if columns - j >= long {
        let part = (a, b.from(0, j), to.from(0, j));
        // SAFETY: `j + long` is at most `columns`, so this tile is in `b` and `to`.
        unsafe { tile::<S, T::Vector<S>, ROWS, 1>(simd, part, [height, inner, long], false) };
        j += long;
    }
    if j < columns && to.column == 1 {
        let (part, rest) = ((a, b, to), [inner, columns, j]);
        // One call computes all columns from `j` on, because each addition to a sum must wait for
        // the previous addition to the same sum. Meanwhile the processor adds to the sums of other
        // vectors. The chosen number of short vectors suffices, because there are fewer than `long`
        // columns from `j` on.
        // SAFETY: the caller keeps this function's contract. `to.column` is 1, and `columns` is at
        // least the length of a short vector.
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
        // SAFETY: `at + short` is at most `columns`, so this tile is in `b` and `to`.
        unsafe { tile::<S, T::Short<S>, ROWS, 1>(simd, part, [height, inner, short], false) };
        j = at + short;
    }
}

/// Writes `ROWS` rows of the columns from `first` on, by `VECTORS` short vectors. These columns are
/// fewer than the elements of a long vector. If the last short vector would end after the last
/// column, it is moved back, and some columns are computed twice, with equal results.
///
/// # Safety
/// The caller keeps the contract of [`product`], for `ROWS` rows. The rows of the destination are
/// contiguous. `columns` is at least the length of a short vector.
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
    // SAFETY: the caller keeps this function's contract. Each entry of `at` is at most
    // `columns - short`, so in each row `b` and `to` have a short vector from there on.
    unsafe { whole_tile::<S, T::Short<S>, ROWS, VECTORS>(simd, part, [ROWS, inner], at) };
}

/// Does the work of [`product`] for row-major matrices whose lengths are constants in the caller,
/// so that the loops over rows and columns unroll.
///
/// # Safety
/// The caller keeps the contract of [`product`], and the rows of `to` are contiguous.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) unsafe fn unrolled<S: Simd, T: Wide>(
    simd: S,
    (a, b, to): ProductPart<T>,
    [rows, inner, columns]: [usize; 3],
) {
    let (long, short) =
        const { (<T::Vector<S> as Vector<S>>::LEN, <T::Short<S> as Vector<S>>::LEN) };
    // SAFETY: the caller keeps this function's contract, and `columns` is at least the length of
    // the chosen vector.
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

/// Does the work of [`unrolled`] by vectors `V` that cover the columns. If `columns` is no multiple
/// of `V::LEN`, the last vector is moved back, and some columns are computed twice, with equal
/// results.
///
/// # Safety
/// The caller keeps the contract of [`unrolled`], and `columns` is at least `V::LEN`.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn by_vectors<S: Simd, T: Wide, V: Vector<S, Element = T>>(
    simd: S,
    part: ProductPart<T>,
    [rows, inner, columns]: [usize; 3],
) {
    let vectors = columns.div_ceil(V::LEN);
    // A tile has 8 or 12 sums in registers. 8 sums are enough to keep the multipliers busy: a fused
    // multiply-add takes four cycles, two can begin in each cycle, and each must wait for the
    // previous one that adds to the same sum. Only SIMD levels with vectors longer than 128 bits
    // use tiles of three vectors, because SSE2 has too few registers for 12 sums and the operands.
    let threes =
        usize::from(vectors % 2 == 1 && vectors > 1 && V::LEN > <T::Short<S> as Vector<S>>::LEN);
    let twos = (vectors - 3 * threes) / 2;
    let lens = [rows, inner, columns];
    let mut v = 0;
    while v < 2 * twos {
        // SAFETY: at least 2 vectors are left from number `v` on, and `columns` is at least
        // `V::LEN`. The caller keeps this function's contract.
        unsafe { strip::<S, V, ROWS, 2>(simd, part, lens, v) };
        v += 2;
    }
    if threes == 1 {
        // SAFETY: 3 vectors are left from number `v` on, and `columns` is at least `V::LEN`. The
        // caller keeps this function's contract.
        unsafe { strip::<S, V, ROWS, 3>(simd, part, lens, v) };
    } else if v < vectors {
        // SAFETY: 1 vector is left from number `v` on, and `columns` is at least `V::LEN`. The
        // caller keeps this function's contract.
        unsafe { strip::<S, V, { 2 * ROWS }, 1>(simd, part, lens, v) };
    }
}

/// Writes the columns of `VECTORS` vectors, from vector number `first` on, in all rows.
///
/// # Safety
/// The caller keeps the contract of [`unrolled`], and `columns` is at least `V::LEN`.
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
    // The loop and the `if` below it are two calls of `whole_tile`, each with a constant height. A
    // loop whose last tile is lower would have a variable height, and would unroll less well.
    while i < whole {
        let part = (a.from(i, 0), b, to.from(i, 0));
        // SAFETY: `ROWS` rows are left from row `i` on, and each entry of `at` is at most
        // `columns - V::LEN`.
        unsafe { whole_tile::<S, V, ROWS, VECTORS>(simd, part, [ROWS, inner], at) };
        i += ROWS;
    }
    if whole < rows {
        let part = (a.from(whole, 0), b, to.from(whole, 0));
        // SAFETY: `rows % ROWS` rows are left from row `whole` on, and each entry of `at` is at
        // most `columns - V::LEN`.
        unsafe { whole_tile::<S, V, ROWS, VECTORS>(simd, part, [rows % ROWS, inner], at) };
    }
}

/// Writes a tile of `height` rows, at most `ROWS`, and of the vectors that begin at the columns
/// `at`.
///
/// # Safety
/// `a` has `height` rows and `inner` columns, and `b` has `inner` rows. `b` and `to` have `V::LEN`
/// contiguous elements in each row from each column of `at` on, and nothing else accesses the
/// elements of `to`.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn whole_tile<S: Simd, V: Vector<S>, const ROWS: usize, const VECTORS: usize>(
    simd: S,
    (a, b, to): ProductPart<V::Element>,
    [height, inner]: [usize; 2],
    at: [usize; VECTORS],
) where
    V::Element: Wide,
{
    // SAFETY: the caller keeps this function's contract.
    let sums = unsafe { sums::<S, V, ROWS, VECTORS>(simd, a, b, [height, inner], at) };
    for (r, row) in sums.iter().enumerate().take(height) {
        for (&sum, &column) in row.iter().zip(&at) {
            // SAFETY: `r` is below `height`, and `to` has `V::LEN` contiguous elements from
            // `column` on.
            unsafe { sum.store(to.element(r, column)) };
        }
    }
}
