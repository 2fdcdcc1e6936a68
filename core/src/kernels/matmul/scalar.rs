//! Products on targets without vectors, such as a Cortex-M. They are computed by tiles whose sums
//! stay in registers.
//!
//! ```text
//! tile = 4 by 1 if there is one column, 1 by 4 if there is one row, else 2 by 4
//! for each tile (1 row high if fewer rows than a tile has are left; 1 column wide likewise):
//!     sums[r][c] = 0
//!     for each step along the inner axis:
//!         row[r] = the element of row r of a; column[c] = the element of column c of b
//!         sums[r][c] += row[r] * column[c]
//!     write the sums
//! ```
//!
//! The largest tile has eight sums, which leave enough registers for the elements that are read.

use super::{Matrix, ProductPart};
use crate::element::{Element, Numeric, NumericOf};
use crate::kernels::reduce::tree::each;

/// Writes `a (rows, inner) @ b (inner, columns)`. The choice of the size of the tile is inlined
/// into the caller. If `HERE`, the loops are inlined too. Otherwise there is a function for each
/// size of the tile, and a program contains only those functions that its shapes need.
///
/// # Safety
/// `part` has the lengths `lens`: its pointers and strides lead to all elements of matrices of
/// these lengths. Nothing else accesses the elements of the destination.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) unsafe fn product<T: Numeric, const HERE: bool>(part: ProductPart<T>, lens: [usize; 3]) {
    let (a, b, _) = part;
    if a.column == 1 && b.row == 1 {
        // SAFETY: the caller keeps this function's contract. The rows of `a` and the columns of `b`
        // are contiguous.
        unsafe { by_tiles::<T, HERE, true>(part, lens) };
    } else {
        // SAFETY: the caller keeps this function's contract.
        unsafe { by_tiles::<T, HERE, false>(part, lens) };
    }
}

/// Does the work of [`product`]. If `ALONG`, each row of `a` and each column of `b` is contiguous.
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

/// Runs [`bands_here`], inlined into the caller if `HERE`, and otherwise in a function that is
/// called.
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

/// Runs [`bands_here`] in a function that is not inlined.
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

/// Writes the product by tiles of `ROWS` by `COLUMNS`. Where fewer than `ROWS` rows are left, a
/// tile has one row, and where fewer than `COLUMNS` columns are left, it has one column.
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
            if COLUMNS > 1 && columns - j >= COLUMNS {
                if is_whole {
                    // SAFETY: from row `i` and column `j` on, the product has at least `ROWS` rows
                    // and `COLUMNS` columns.
                    unsafe { tile::<T, ALONG, ROWS, COLUMNS>(part, inner) };
                } else {
                    // SAFETY: from row `i` and column `j` on, the product has at least 1 row and
                    // `COLUMNS` columns.
                    unsafe { tile::<T, ALONG, 1, COLUMNS>(part, inner) };
                }
                j += COLUMNS;
            } else {
                if is_whole {
                    // SAFETY: from row `i` and column `j` on, the product has at least `ROWS` rows
                    // and 1 column.
                    unsafe { tile::<T, ALONG, ROWS, 1>(part, inner) };
                } else {
                    // SAFETY: from row `i` and column `j` on, the product has at least 1 row and 1
                    // column.
                    unsafe { tile::<T, ALONG, 1, 1>(part, inner) };
                }
                j += 1;
            }
        }
        i += if is_whole { ROWS } else { 1 };
    }
}

/// Writes a tile of `ROWS` rows and `COLUMNS` columns. If `ALONG`, each row of `a` and each column
/// of `b` is contiguous.
///
/// # Safety
/// `a` has `ROWS` rows and `inner` columns, and `b` has `inner` rows and `COLUMNS` columns. `to`
/// has `ROWS` rows and `COLUMNS` columns, which nothing else accesses.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn tile<T: Numeric, const ALONG: bool, const ROWS: usize, const COLUMNS: usize>(
    (a, b, to): ProductPart<T>,
    inner: usize,
) {
    let sums = if const { ALONG } {
        // SAFETY: the caller keeps this function's contract. Since `ALONG`, the rows of `a` and the
        // columns of `b` are contiguous.
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
                // SAFETY: `r` is below `ROWS` and `c` is below `COLUMNS`, so `to` has room there.
                |c| unsafe { to.element(r, c).write(T::of_numeric(sums[r][c])) },
            );
        },
    );
}

/// The sums of a tile before any product has been added: all 0.
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

/// Returns `sums` with the product of `left[r]` and `right[c]` added to each `sums[r][c]`.
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

/// The sums of a tile of `ROWS` rows and `COLUMNS` columns.
///
/// # Safety
/// `a` has `ROWS` rows and `inner` columns, and `b` has `inner` rows and `COLUMNS` columns.
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
            // SAFETY: `b` has been moved to one of its `inner` rows, and `c` is below `COLUMNS`.
            |c| unsafe { b.element(0, c).read() }.numeric(),
        );
        let left = each(
            #[cfg_attr(not(unoptimised), inline(always))]
            // SAFETY: `a` has been moved to one of its `inner` columns, and `r` is below `ROWS`.
            |r| unsafe { a.element(r, 0).read() }.numeric(),
        );
        sums = with_products(sums, left, right);
        (a, b) = (a.from(0, 1), b.from(1, 0));
    }
    sums
}

/// The number of steps along the inner axis that [`sums_along`] unrolls. The pointers move once per
/// `STEPS` steps.
const STEPS: usize = 4;

/// Returns the same as [`sums`], if each row of `a` and each column of `b` is contiguous.
///
/// # Safety
/// The caller keeps the contract of [`sums`]. Each row of `a` and each column of `b` is contiguous.
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
        // SAFETY: each pointer points to at least `STEPS` contiguous elements, as `left` is at
        // least `STEPS`.
        unsafe { advance::<T, ROWS, COLUMNS, STEPS>(&mut sums, &mut rows, &mut columns) };
        left -= STEPS;
    }
    while left > 0 {
        // SAFETY: each pointer points to at least 1 element, as `left` is more than 0.
        unsafe { advance::<T, ROWS, COLUMNS, 1>(&mut sums, &mut rows, &mut columns) };
        left -= 1;
    }
    sums
}

/// Makes `N` steps along the inner axis: adds the products to `sums`, and moves the pointers `rows`
/// and `columns` by `N` elements.
///
/// # Safety
/// Each pointer in `rows` and `columns` points to at least `N` contiguous elements.
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
            // SAFETY: `step` is below `N`, and `rows[r]` points to at least `N` elements.
            |r| unsafe { rows[r].add(step).read() }.numeric(),
        );
        let right = each(
            #[cfg_attr(not(unoptimised), inline(always))]
            // SAFETY: `step` is below `N`, and `columns[c]` points to at least `N` elements.
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
