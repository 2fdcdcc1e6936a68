//! Products on targets without vectors, such as a Cortex-M: by tiles whose sums stay in registers.
//!
//! ```text
//! tile = 4 by 1 if there is one column, 1 by 4 if there is one row, else 2 by 4
//! for each band of rows and each tile of columns (one row or column if less than a tile is left):
//!     sums[r][c] = 0
//!     for each step along the inner axis:
//!         read an element of each row and of each column of the tile
//!         sums[r][c] += row[r] * column[c]
//!     write the sums
//! ```
//!
//! Eight sums leave enough registers for the elements that are read.

use super::{Matrix, ProductPart};
use crate::element::{Element, Numeric, NumericOf};
use crate::kernels::reduce::tree::each;

/// Writes `a (rows, inner) @ b (inner, columns)`. The choice of the tile is inlined into the
/// caller. If `HERE`, the loops are too. Otherwise they are in a function per tile, and a program
/// contains only those that its shapes need.
///
/// # Safety
/// The matrices reach their elements, and the destination is exclusive.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) unsafe fn product<T: Numeric, const HERE: bool>(part: ProductPart<T>, lens: [usize; 3]) {
    let (a, b, _) = part;
    if a.column == 1 && b.row == 1 {
        // SAFETY: the caller keeps this function's contract.
        unsafe { by_tiles::<T, HERE, true>(part, lens) };
    } else {
        // SAFETY: the caller keeps this function's contract.
        unsafe { by_tiles::<T, HERE, false>(part, lens) };
    }
}

/// As [`product`]. If `ALONG`, the elements of each row of `a` and of each column of `b` are
/// contiguous.
///
/// # Safety
/// The caller keeps the contract of [`product`].
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn by_tiles<T: Numeric, const HERE: bool, const ALONG: bool>(
    part: ProductPart<T>,
    lens: [usize; 3],
) {
    let [rows, _, columns] = lens;
    if columns == 1 {
        // SAFETY: the caller keeps this function's contract.
        unsafe { bands::<T, HERE, ALONG, 4, 1>(part, lens) };
    } else if rows == 1 {
        // SAFETY: the caller keeps this function's contract.
        unsafe { bands::<T, HERE, ALONG, 1, 4>(part, lens) };
    } else {
        // SAFETY: the caller keeps this function's contract.
        unsafe { bands::<T, HERE, ALONG, 2, 4>(part, lens) };
    }
}

/// As [`bands_here`], inlined if `HERE`, else as a call.
///
/// # Safety
/// The caller keeps the contract of [`product`].
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn bands<
    T: Numeric,
    const HERE: bool,
    const ALONG: bool,
    const ROWS: usize,
    const COLUMNS: usize,
>(
    part: ProductPart<T>,
    lens: [usize; 3],
) {
    if const { HERE } {
        // SAFETY: the caller keeps this function's contract.
        unsafe { bands_here::<T, ALONG, ROWS, COLUMNS>(part, lens) };
    } else {
        // SAFETY: the caller keeps this function's contract.
        unsafe { bands_apart::<T, ALONG, ROWS, COLUMNS>(part, lens) };
    }
}

/// As [`bands_here`], not inlined.
///
/// # Safety
/// The caller keeps the contract of [`product`].
#[inline(never)]
unsafe fn bands_apart<T: Numeric, const ALONG: bool, const ROWS: usize, const COLUMNS: usize>(
    part: ProductPart<T>,
    lens: [usize; 3],
) {
    // SAFETY: the caller keeps this function's contract.
    unsafe { bands_here::<T, ALONG, ROWS, COLUMNS>(part, lens) };
}

/// Writes the product by tiles of `ROWS` by `COLUMNS`. Where fewer are left, a tile has one row, or
/// one column.
///
/// # Safety
/// The caller keeps the contract of [`product`].
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn bands_here<T: Numeric, const ALONG: bool, const ROWS: usize, const COLUMNS: usize>(
    (a, b, to): ProductPart<T>,
    [rows, inner, columns]: [usize; 3],
) {
    let mut i = 0;
    while i < rows {
        let is_whole = ROWS > 1 && rows - i >= ROWS;
        let mut j = 0;
        while j < columns {
            let part = (a.from(i, 0), b.from(0, j), to.from(i, j));
            // SAFETY, of each: this many rows and columns are left.
            if COLUMNS > 1 && columns - j >= COLUMNS {
                if is_whole {
                    // SAFETY: as above.
                    unsafe { tile::<T, ALONG, ROWS, COLUMNS>(part, inner) };
                } else {
                    // SAFETY: as above.
                    unsafe { tile::<T, ALONG, 1, COLUMNS>(part, inner) };
                }
                j += COLUMNS;
            } else {
                if is_whole {
                    // SAFETY: as above.
                    unsafe { tile::<T, ALONG, ROWS, 1>(part, inner) };
                } else {
                    // SAFETY: as above.
                    unsafe { tile::<T, ALONG, 1, 1>(part, inner) };
                }
                j += 1;
            }
        }
        i += if is_whole { ROWS } else { 1 };
    }
}

/// Writes a tile of `ROWS` rows and `COLUMNS` columns.
///
/// # Safety
/// The matrices reach this many rows and columns.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn tile<T: Numeric, const ALONG: bool, const ROWS: usize, const COLUMNS: usize>(
    (a, b, to): ProductPart<T>,
    inner: usize,
) {
    let sums = if const { ALONG } {
        // SAFETY: the caller keeps this function's contract.
        unsafe { sums_along::<T, ROWS, COLUMNS>(a, b, inner) }
    } else {
        // SAFETY: the caller keeps this function's contract.
        unsafe { sums::<T, ROWS, COLUMNS>(a, b, inner) }
    };
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

/// Sums before any product has been added.
#[cfg_attr(not(unoptimised), inline(always))]
fn nothing<T: Numeric, const ROWS: usize, const COLUMNS: usize>() -> [[NumericOf<T>; COLUMNS]; ROWS]
{
    each(
        #[cfg_attr(not(unoptimised), inline(always))]
        |_| {
            each(
                #[cfg_attr(not(unoptimised), inline(always))]
                |_| NumericOf::<T>::ZERO,
            )
        },
    )
}

/// `sums`, with the product of each element of `left` and each of `right` added.
#[cfg_attr(not(unoptimised), inline(always))]
fn with_products<N: Numeric, const ROWS: usize, const COLUMNS: usize>(
    sums: [[N; COLUMNS]; ROWS],
    left: [N; ROWS],
    right: [N; COLUMNS],
) -> [[N; COLUMNS]; ROWS] {
    each(
        #[cfg_attr(not(unoptimised), inline(always))]
        |r| {
            each(
                #[cfg_attr(not(unoptimised), inline(always))]
                |c| sums[r][c].plus(left[r].times(right[c])),
            )
        },
    )
}

/// The sums of a tile.
///
/// # Safety
/// The matrices reach this many rows and columns.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn sums<T: Numeric, const ROWS: usize, const COLUMNS: usize>(
    mut a: Matrix<*const T>,
    mut b: Matrix<*const T>,
    inner: usize,
) -> [[NumericOf<T>; COLUMNS]; ROWS] {
    let mut sums = nothing::<T, ROWS, COLUMNS>();
    for _ in 0..inner {
        let right = each(
            #[cfg_attr(not(unoptimised), inline(always))]
            // SAFETY: this row of `b` has this many columns.
            |c| unsafe { b.element(0, c).read() }.numeric(),
        );
        let left = each(
            #[cfg_attr(not(unoptimised), inline(always))]
            // SAFETY: this column of `a` has this many rows.
            |r| unsafe { a.element(r, 0).read() }.numeric(),
        );
        sums = with_products(sums, left, right);
        (a, b) = (a.from(0, 1), b.from(1, 0));
    }
    sums
}

/// The number of steps of [`sums_along`] that are unrolled, so that pointers move once for all of
/// them.
const STEPS: usize = 4;

/// As [`sums`], for contiguous rows of `a` and contiguous columns of `b`.
///
/// # Safety
/// The caller keeps the contract of [`sums`].
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn sums_along<T: Numeric, const ROWS: usize, const COLUMNS: usize>(
    a: Matrix<*const T>,
    b: Matrix<*const T>,
    inner: usize,
) -> [[NumericOf<T>; COLUMNS]; ROWS] {
    let mut sums = nothing::<T, ROWS, COLUMNS>();
    let mut rows: [*const T; ROWS] = each(
        #[cfg_attr(not(unoptimised), inline(always))]
        |r| a.element(r, 0),
    );
    let mut columns: [*const T; COLUMNS] = each(
        #[cfg_attr(not(unoptimised), inline(always))]
        |c| b.element(0, c),
    );
    let mut left = inner;
    while left >= STEPS {
        // SAFETY: at least this many elements of each row and column are left.
        unsafe { advance::<T, ROWS, COLUMNS, STEPS>(&mut sums, &mut rows, &mut columns) };
        left -= STEPS;
    }
    while left > 0 {
        // SAFETY: as above.
        unsafe { advance::<T, ROWS, COLUMNS, 1>(&mut sums, &mut rows, &mut columns) };
        left -= 1;
    }
    sums
}

/// `N` steps of [`sums_along`].
///
/// # Safety
/// At least `N` elements of each row and column are left.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn advance<T: Numeric, const ROWS: usize, const COLUMNS: usize, const N: usize>(
    sums: &mut [[NumericOf<T>; COLUMNS]; ROWS],
    rows: &mut [*const T; ROWS],
    columns: &mut [*const T; COLUMNS],
) {
    let mut step = 0;
    while step < N {
        let left = each(
            #[cfg_attr(not(unoptimised), inline(always))]
            // SAFETY: the caller keeps this function's contract.
            |r| unsafe { rows[r].add(step).read() }.numeric(),
        );
        let right = each(
            #[cfg_attr(not(unoptimised), inline(always))]
            // SAFETY: the caller keeps this function's contract.
            |c| unsafe { columns[c].add(step).read() }.numeric(),
        );
        *sums = with_products(*sums, left, right);
        step += 1;
    }
    *rows = each(
        #[cfg_attr(not(unoptimised), inline(always))]
        |r| rows[r].wrapping_add(N),
    );
    *columns = each(
        #[cfg_attr(not(unoptimised), inline(always))]
        |c| columns[c].wrapping_add(N),
    );
}
