//! Products of few rows with a matrix whose columns are each contiguous, such as the transposed
//! weights of a linear layer: by inner products, without packing. Packing the columns would take
//! longer than the product.
//!
//! ```text
//! for each 4 columns c, of which the last may be computed again:
//!     for each 2 rows r (4 if there are 32 registers; fewer at the end):
//!         for p in steps of a vector along the inner axis:
//!             sums[r][c] += (vector of row r at p) * (vector of column c at p)
//!         result = sum of the elements of sums[r][c], plus the rest of the inner axis one by one
//! ```

use super::ProductPart;
use super::blocked::tallest;
use super::tile::Wide;
use crate::kernels::reduce::tree::each;
use crate::run::simd::{Short, Simd, Vector};

/// The number of columns that are computed at a time.
const COLUMNS: usize = 4;
/// The most elements of a vector.
const MOST_LANES: usize = 16;
/// The most elements of a vector of 128 bits.
const MOST_SHORT: usize = 4;
/// An inner product pays if the inner axis has at least this many elements per row of the product.
/// If it has fewer, packing the columns once for all rows is faster.
const INNER: usize = 16;
/// The most rows of a product that is computed by inner products.
const MOST_ROWS: usize = 32;

/// Whether a product of `[rows, inner, columns]` is computed by inner products. Of the number of
/// columns it only matters that there are enough for one step, so that the parts of a product that
/// is cut are computed like the whole.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn pays<T>((a, b, _): &ProductPart<T>, [rows, inner, columns]: [usize; 3]) -> bool {
    a.column == 1
        && b.row == 1
        && b.column != 1
        && columns >= COLUMNS
        && rows <= MOST_ROWS
        && rows * INNER <= inner
}

/// Writes `a (rows, inner) @ b (inner, columns)`. [`pays`] holds for it.
///
/// # Safety
/// The matrices reach their elements, and the destination is exclusive.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) unsafe fn product<S: Simd, T: Wide>(
    simd: S,
    (a, b, to): ProductPart<T>,
    [rows, inner, columns]: [usize; 3],
) {
    let mut left = 0;
    while left < columns {
        // If the number of columns is no multiple of `COLUMNS`, the last step computes some columns
        // again, with the same bits.
        let column = left.min(columns - COLUMNS);
        let mut top = 0;
        while top < rows {
            let part = (a.from(top, 0), b.from(0, column), to.from(top, column));
            let most = const { if tallest::<T::Vector<S>>() == 12 { 4 } else { 2 } };
            let height = most.min(rows - top);
            // SAFETY, of each: this many rows and columns are left.
            match height {
                // SAFETY: as above.
                4 if const { tallest::<T::Vector<S>>() == 12 } => unsafe {
                    block::<S, T, 4>(simd, part, inner)
                },
                // SAFETY: as above.
                3 if const { tallest::<T::Vector<S>>() == 12 } => unsafe {
                    block::<S, T, 3>(simd, part, inner)
                },
                // SAFETY: as above.
                2 => unsafe { block::<S, T, 2>(simd, part, inner) },
                // SAFETY: as above.
                _ => unsafe { block::<S, T, 1>(simd, part, inner) },
            }
            top += height;
        }
        left += COLUMNS;
    }
}

/// Writes `ROWS` rows of [`COLUMNS`] columns.
///
/// # Safety
/// The caller keeps the contract of [`product`].
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
            // SAFETY: at least one vector of elements is left in each column.
            |c| unsafe { T::Vector::<S>::load(simd, b.element(p, c)) },
        );
        for (r, sums) in sums.iter_mut().enumerate() {
            // SAFETY: as above, in each row.
            let row = unsafe { T::Vector::<S>::load(simd, a.element(r, p)) };
            for (sum, &column) in sums.iter_mut().zip(&columns) {
                *sum = row.times_plus(column, *sum);
            }
        }
        p += lanes;
    }
    // Stored in memory here: if the loop over rows did more, the compiler would keep the sums in
    // memory all the time.
    let mut room = [[[T::ZERO; MOST_LANES]; COLUMNS]; ROWS];
    for (room, &sum) in room.as_flattened_mut().iter_mut().zip(sums.as_flattened()) {
        const { assert!(<T::Vector<S> as Vector<S>>::LEN <= MOST_LANES) };
        // SAFETY: there is room for a vector.
        unsafe { sum.store(room.as_mut_ptr()) };
    }
    for (r, room) in room.iter().enumerate() {
        let mut results = sums_of::<S, T>(simd, room);
        for (c, result) in results.iter_mut().enumerate() {
            for p in whole..inner {
                // SAFETY: element `p` is in row `r` and in column `c`.
                *result =
                    result.plus(unsafe { a.element(r, p).read().times(b.element(p, c).read()) });
            }
            // SAFETY: row `r` and column `c` are in the destination.
            unsafe { to.element(r, c).write(*result) };
        }
    }
}

/// The sum of the elements of each vector.
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
                // SAFETY: the array has this many elements.
                sum = sum.plus(unsafe { T::Short::<S>::load(simd, vectors[c][k..].as_ptr()) });
                k += short;
            }
            sum
        },
    );
    // Two vectors at a time: their elements are interleaved, so that one addition adds halves of
    // both.
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
        // SAFETY: the array has room.
        unsafe { sums[k].store(room.as_mut_ptr()) };
        for (i, &sum) in room.iter().enumerate().take(short) {
            results[k + i * count] = sum;
        }
    }
    results
}
