//! Products on targets without vectors, such as a Cortex-M: by tiles whose sums stay in registers.
//!
//! A step along the inner axis reads an element of each of a tile's rows and of each of its columns,
//! and multiplies each by each. Eight sums are as many as leave registers for what is read.

use super::Part;
use crate::element::{Element, Numeric, StandIn};
use crate::kernels::reduce::tree::each;

/// What sums are computed in.
type Of<T> = <T as StandIn>::Numeric;

/// Writes `a (rows, inner) @ b (inner, columns)`.
///
/// # Safety
/// The matrices reach their elements, the destination exclusively.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) unsafe fn product<T: Numeric>(part: Part<T>, lens: [usize; 3]) {
    let [rows, _, columns] = lens;
    // SAFETY, of each: the caller's promise.
    if columns == 1 {
        // SAFETY: as above.
        unsafe { bands::<T, 4, 1>(part, lens) };
    } else if rows == 1 {
        // SAFETY: as above.
        unsafe { bands::<T, 1, 4>(part, lens) };
    } else {
        // SAFETY: as above.
        unsafe { bands::<T, 2, 4>(part, lens) };
    }
}

/// Writes the product by tiles of `ROWS` by `COLUMNS`, and of one row, or one column, where fewer are
/// left.
///
/// # Safety
/// As for [`product`].
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn bands<T: Numeric, const ROWS: usize, const COLUMNS: usize>(
    (a, b, to): Part<T>,
    [rows, inner, columns]: [usize; 3],
) {
    let mut i = 0;
    while i < rows {
        let is_whole = ROWS > 1 && rows - i >= ROWS;
        let mut j = 0;
        while j < columns {
            let part = (a.from(i, 0), b.from(0, j), to.from(i, j));
            // SAFETY, of each: so many rows and columns are left.
            if COLUMNS > 1 && columns - j >= COLUMNS {
                if is_whole {
                    // SAFETY: as above.
                    unsafe { tile::<T, ROWS, COLUMNS>(part, inner) };
                } else {
                    // SAFETY: as above.
                    unsafe { tile::<T, 1, COLUMNS>(part, inner) };
                }
                j += COLUMNS;
            } else {
                if is_whole {
                    // SAFETY: as above.
                    unsafe { tile::<T, ROWS, 1>(part, inner) };
                } else {
                    // SAFETY: as above.
                    unsafe { tile::<T, 1, 1>(part, inner) };
                }
                j += 1;
            }
        }
        i += if is_whole { ROWS } else { 1 };
    }
}

/// Writes `ROWS` rows of `COLUMNS` columns.
///
/// # Safety
/// The matrices reach so many.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn tile<T: Numeric, const ROWS: usize, const COLUMNS: usize>((a, b, to): Part<T>, inner: usize) {
    let mut sums: [[Of<T>; COLUMNS]; ROWS] = each(
        #[cfg_attr(not(unoptimised), inline(always))]
        |_| {
            each(
                #[cfg_attr(not(unoptimised), inline(always))]
                |_| Of::<T>::ZERO,
            )
        },
    );
    let (mut left, mut right) = (a, b);
    for _ in 0..inner {
        let row: [Of<T>; COLUMNS] = each(
            #[cfg_attr(not(unoptimised), inline(always))]
            // SAFETY: this row of `b` has as many columns.
            |c| unsafe { right.element(0, c).read() }.numeric(),
        );
        let column: [Of<T>; ROWS] = each(
            #[cfg_attr(not(unoptimised), inline(always))]
            // SAFETY: this column of `a` has as many rows.
            |r| unsafe { left.element(r, 0).read() }.numeric(),
        );
        sums = each(
            #[cfg_attr(not(unoptimised), inline(always))]
            |r| {
                each(
                    #[cfg_attr(not(unoptimised), inline(always))]
                    |c| sums[r][c].plus(column[r].times(row[c])),
                )
            },
        );
        (left, right) = (left.from(0, 1), right.from(1, 0));
    }
    let _: [(); ROWS] = each(
        #[cfg_attr(not(unoptimised), inline(always))]
        |r| {
            let _: [(); COLUMNS] = each(
                #[cfg_attr(not(unoptimised), inline(always))]
                // SAFETY: the element is in the tile.
                |c| unsafe { to.element(r, c).write(T::of_numeric(sums[r][c])) },
            );
        },
    );
}
