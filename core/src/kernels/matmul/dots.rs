//! Products of a matrix `a` of few rows with a matrix `b` whose columns are contiguous, such as the
//! transposed weights of a linear layer. Each element is computed as an inner product of a row and
//! a column. Nothing is packed, because packing `b` would take longer than the product.
//!
//! ```text
//! for each group of 4 columns c (the last group may overlap the group before it):
//!     for each group of 2 rows r (4 rows if there are 32 registers; fewer at the end):
//!         for p in steps of a SIMD vector along the inner axis:
//!             sums[r][c] += (vector of row r at p) * (vector of column c at p)
//!         element [r][c] of the product = the sum of the elements of sums[r][c],
//!             plus the products of what is left of the inner axis, one by one
//! ```

use super::ProductPart;
use super::blocked::tallest;
use super::tile::Wide;
use crate::kernels::reduce::tree::each;
use crate::run::simd::{Short, Simd, Vector};

/// The number of columns that are computed at a time.
const COLUMNS: usize = 4;
/// The most elements of a SIMD vector at any SIMD level.
const MOST_LANES: usize = 16;
/// The most elements of a SIMD vector of 128 bits.
const MOST_SHORT: usize = 4;
/// Inner products are used if the length of the inner axis is at least this number times the number
/// of rows. If the inner axis is shorter, packing the columns once for all rows is faster.
const INNER: usize = 16;
/// The most rows of a product that is computed by inner products.
const MOST_ROWS: usize = 32;

/// Whether a product of lengths `[rows, inner, columns]` is computed by inner products. The answer
/// does not depend on the number of columns, as long as there are at least `COLUMNS`. So when a
/// product is split into tasks by columns, each task uses the same kernel as the whole.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn pays<T>((a, b, _): &ProductPart<T>, [rows, inner, columns]: [usize; 3]) -> bool {
    a.column == 1
        && b.row == 1
        && b.column != 1
        && columns >= COLUMNS
        && rows <= MOST_ROWS
        && rows * INNER <= inner
}

/// Writes `a (rows, inner) @ b (inner, columns)`, for which [`pays`] holds.
///
/// # Safety
/// The pointers and strides of `a`, `b` and `to` lead to all elements of matrices of these lengths.
/// Nothing else accesses the elements of `to`. [`pays`] holds for `a`, `b` and these lengths.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) unsafe fn product<S: Simd, T: Wide>(
    simd: S,
    (a, b, to): ProductPart<T>,
    [rows, inner, columns]: [usize; 3],
) {
    let mut left = 0;
    while left < columns {
        // If the number of columns is no multiple of `COLUMNS`, the last step computes some columns
        // a second time, with equal results.
        let column = left.min(columns - COLUMNS);
        let mut top = 0;
        while top < rows {
            let part = (a.from(top, 0), b.from(0, column), to.from(top, column));
            let most = const { if tallest::<T::Vector<S>>() == 12 { 4 } else { 2 } };
            let height = most.min(rows - top);
            match height {
                // SAFETY: 4 rows are left from row `top` on, and 4 columns from `column` on.
                4 if const { tallest::<T::Vector<S>>() == 12 } => unsafe {
                    block::<S, T, 4>(simd, part, inner)
                },
                // SAFETY: 3 rows are left from row `top` on, and 4 columns from `column` on.
                3 if const { tallest::<T::Vector<S>>() == 12 } => unsafe {
                    block::<S, T, 3>(simd, part, inner)
                },
                // SAFETY: 2 rows are left from row `top` on, and 4 columns from `column` on.
                2 => unsafe { block::<S, T, 2>(simd, part, inner) },
                // SAFETY: 1 row is left from row `top` on, and 4 columns from `column` on.
                _ => unsafe { block::<S, T, 1>(simd, part, inner) },
            }
            top += height;
        }
        left += COLUMNS;
    }
}

/// Writes the first `ROWS` rows and [`COLUMNS`] columns of the product.
///
/// # Safety
/// `a` has `ROWS` contiguous rows of `inner` elements, and `b` has [`COLUMNS`] contiguous columns
/// of `inner` elements. `to` has `ROWS` rows and [`COLUMNS`] columns, which nothing else accesses.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn block<S: Simd, T: Wide, const ROWS: usize>(
    simd: S,
    (a, b, to): ProductPart<T>,
    inner: usize,
) {
    let lanes = const { <T::Vector<S> as Vector<S>>::LEN };
    let mut sums = [[T::Vector::<S>::splat(simd, T::ZERO); COLUMNS]; ROWS];
    let whole = inner - inner % lanes;
    let mut p = 0;
    while p < whole {
        let columns: [T::Vector<S>; COLUMNS] = each(
            #[cfg_attr(not(unoptimised), inline(always))]
            // SAFETY: at least `lanes` elements are left in column `c` from `p` on.
            |c| unsafe { T::Vector::<S>::load(simd, b.element(p, c)) },
        );
        for (r, sums) in sums.iter_mut().enumerate() {
            // SAFETY: at least `lanes` elements are left in row `r` from `p` on.
            let row = unsafe { T::Vector::<S>::load(simd, a.element(r, p)) };
            for (sum, &column) in sums.iter_mut().zip(&columns) {
                *sum = row.times_plus(column, *sum);
            }
        }
        p += lanes;
    }
    // The sums are stored to memory in this loop, which does nothing else. If the loop below read
    // `sums` itself, the compiler would keep them in memory in the loop above as well.
    let mut room = [[[T::ZERO; MOST_LANES]; COLUMNS]; ROWS];
    for (room, &sum) in room.as_flattened_mut().iter_mut().zip(sums.as_flattened()) {
        const { assert!(<T::Vector<S> as Vector<S>>::LEN <= MOST_LANES) };
        // SAFETY: `room` has `MOST_LANES` elements, at least as many as a vector.
        unsafe { sum.store(room.as_mut_ptr()) };
    }
    for (r, room) in room.iter().enumerate() {
        let mut results = sums_of::<S, T>(simd, room);
        for (c, result) in results.iter_mut().enumerate() {
            for p in whole..inner {
                // SAFETY: `p` is below `inner`, the length of row `r` of `a` and of column `c` of
                // `b`.
                *result =
                    result.plus(unsafe { a.element(r, p).read().times(b.element(p, c).read()) });
            }
            // SAFETY: `r` is below `ROWS` and `c` is below `COLUMNS`, and by this function's
            // contract `to` has `ROWS` rows and `COLUMNS` columns.
            unsafe { to.element(r, c).write(*result) };
        }
    }
}

/// The sum of the first `lanes` elements of each array in `vectors`, where `lanes` is the length of
/// a SIMD vector.
#[cfg_attr(not(unoptimised), inline(always))]
fn sums_of<S: Simd, T: Wide>(simd: S, vectors: &[[T; MOST_LANES]; COLUMNS]) -> [T; COLUMNS] {
    let (lanes, short) =
        const { (<T::Vector<S> as Vector<S>>::LEN, <T::Short<S> as Vector<S>>::LEN) };
    let mut sums: [T::Short<S>; COLUMNS] = each(
        #[cfg_attr(not(unoptimised), inline(always))]
        |c| {
            let mut sum = T::Short::<S>::splat(simd, T::ZERO);
            let mut k = 0;
            while k < lanes {
                // SAFETY: `k + short` is at most `lanes`, and `vectors[c]` has at least `lanes`
                // elements.
                sum = sum.plus(unsafe { T::Short::<S>::load(simd, vectors[c][k..].as_ptr()) });
                k += short;
            }
            sum
        },
    );
    // Each pass halves the number of vectors. It interleaves the elements of two vectors, so that
    // one addition of vectors adds, for both of them at once, the first half to the second half.
    let mut count = COLUMNS;
    let mut step = 1;
    while step < short {
        for k in 0..count / 2 {
            let [first, second] = sums[k].in_turn(sums[k + count / 2]);
            sums[k] = first.plus(second);
        }
        count /= 2;
        step *= 2;
    }
    let mut results = [T::ZERO; COLUMNS];
    for k in 0..count {
        let mut room = [T::ZERO; MOST_SHORT];
        // SAFETY: `room` has `MOST_SHORT` elements, at least as many as a short vector.
        unsafe { sums[k].store(room.as_mut_ptr()) };
        for (i, &sum) in room.iter().enumerate().take(short) {
            results[k + i * count] = sum;
        }
    }
    results
}
