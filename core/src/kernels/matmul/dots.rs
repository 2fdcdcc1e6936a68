//! Products of few rows and a matrix whose columns lie each in one piece, as the transpose of a
//! linear layer's weights does: by inner products, some rows by some columns at a time. To pack the
//! columns would take longer than the product.

use super::ProductPart;
use super::blocked::tallest;
use super::tile::Wide;
use crate::kernels::reduce::tree::each;
use crate::run::simd::{Short, Simd, Vector};

/// How many columns are taken at a time.
const COLUMNS: usize = 4;
/// The most elements of a vector.
const MOST_LANES: usize = 16;
/// The most elements of a vector of 128 bits.
const MOST_SHORT: usize = 4;
/// Of so many elements the sums of a row and a column pay that are not packed for another row.
const INNER: usize = 16;
/// The most rows.
const MOST_ROWS: usize = 32;

/// Whether a product of `[rows, inner, columns]` goes this way. It does not ask for the number of
/// columns but at the least, so that parts of a product go the way of the whole.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn pays<T>((a, b, _): &ProductPart<T>, [rows, inner, columns]: [usize; 3]) -> bool {
    a.column == 1
        && b.row == 1
        && b.column != 1
        && columns >= COLUMNS
        && rows <= MOST_ROWS
        && rows * INNER <= inner
}

/// Writes `a (rows, inner) @ b (inner, columns)`, which [`pays`].
///
/// # Safety
/// The matrices reach their elements, the destination exclusively.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) unsafe fn product<S: Simd, T: Wide>(
    simd: S,
    (a, b, to): ProductPart<T>,
    [rows, inner, columns]: [usize; 3],
) {
    let mut left = 0;
    while left < columns {
        // The last columns are taken again, to the same bits, where they do not come out even.
        let column = left.min(columns - COLUMNS);
        let mut top = 0;
        while top < rows {
            let part = (a.from(top, 0), b.from(0, column), to.from(top, column));
            let most = const { if tallest::<T::Vector<S>>() == 12 { 4 } else { 2 } };
            let height = most.min(rows - top);
            // SAFETY, of each: so many rows and columns are left.
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
/// As for [`product`].
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
            // SAFETY: a vector's worth of elements is left of each column.
            |c| unsafe { T::Vector::<S>::load(simd, b.element(p, c)) },
        );
        for (r, sums) in sums.iter_mut().enumerate() {
            // SAFETY: as above, of each row.
            let row = unsafe { T::Vector::<S>::load(simd, a.element(r, p)) };
            for (sum, &column) in sums.iter_mut().zip(&columns) {
                *sum = row.times_plus(column, *sum);
            }
        }
        p += lanes;
    }
    // Through memory: a loop over rows that does more would keep the sums there all the time.
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

/// The sums of the elements of vectors.
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
                // SAFETY: so many elements are in the array.
                sum = sum.plus(unsafe { T::Short::<S>::load(simd, vectors[c][k..].as_ptr()) });
                k += short;
            }
            sum
        },
    );
    // Two at a time: halves of one and of the other are added side by side.
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
