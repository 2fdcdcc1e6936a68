//! Products by loops over elements, for any element type, without memory for intermediate results.
//! Halves are summed in `f32`. A tile has 4 rows and 16, 4 or 1 columns.

use super::{Matrix, ProductPart, ProductTask, scalar};
use crate::element::{Element, Numeric, StandIn};
use crate::run::level::HAS_VECTORS;

/// The number of rows of a tile.
const ROWS: usize = 4;

/// Computes `problem`.
///
/// # Safety
/// `problem` keeps the contract of [`ProductTask`], and no axis of the destination is empty.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) unsafe fn each<T: Numeric>(problem: &ProductTask<T>) {
    let [columns, rows, ..] = problem.lens;
    problem.each_matrix(
        #[cfg_attr(not(unoptimised), inline(always))]
        // SAFETY: the caller's promise; the matrices are at an index of the batch axes.
        |part| unsafe { product(part, [rows, problem.inner, columns]) },
    );
}

/// Writes `a (rows, inner) @ b (inner, columns)`.
///
/// # Safety
/// The matrices reach their elements, and the destination is exclusive.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) unsafe fn product<T: Numeric>(
    (a, b, to): ProductPart<T>,
    [rows, inner, columns]: [usize; 3],
) {
    if const { !HAS_VECTORS } {
        // SAFETY: the caller keeps this function's contract.
        return unsafe { scalar::product::<T, true>((a, b, to), [rows, inner, columns]) };
    }
    let mut i = 0;
    while i < rows {
        let height = ROWS.min(rows - i);
        let mut j = 0;
        while j < columns {
            let (part, sizes) = ((a.from(i, 0), b.from(0, j), to.from(i, j)), [height, inner]);
            // SAFETY: the tile is in the destination, its rows are in `a` and its columns in `b`.
            unsafe {
                match columns - j {
                    16.. => {
                        if b.column == 1 {
                            tile::<T, 16, true>(part, sizes);
                        } else {
                            tile::<T, 16, false>(part, sizes);
                        }
                        j += 16;
                    }
                    4.. => {
                        tile::<T, 4, false>(part, sizes);
                        j += 4;
                    }
                    _ => {
                        tile::<T, 1, false>(part, sizes);
                        j += 1;
                    }
                }
            }
        }
        i += height;
    }
}

/// Writes a tile of `height` rows and `WIDTH` columns.
///
/// # Safety
/// The matrices reach this many rows and columns. If `BESIDE`, the columns of `b` are adjacent.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn tile<T: Numeric, const WIDTH: usize, const BESIDE: bool>(
    (a, b, to): ProductPart<T>,
    [height, inner]: [usize; 2],
) {
    let b = if BESIDE { Matrix { column: 1, ..b } } else { b };
    let mut sums = [[<T as StandIn>::Numeric::ZERO; WIDTH]; ROWS];
    for p in 0..inner {
        let columns: [<T as StandIn>::Numeric; WIDTH] = core::array::from_fn(
            #[cfg_attr(not(unoptimised), inline(always))]
            // SAFETY: row `p` of `b` has `WIDTH` columns.
            |c| unsafe { b.element(p, c).read() }.numeric(),
        );
        for (r, sums) in sums.iter_mut().enumerate().take(height) {
            // SAFETY: row `r` of `a` has `inner` columns.
            let x = unsafe { a.element(r, p).read() }.numeric();
            for (sum, &y) in sums.iter_mut().zip(&columns) {
                *sum = sum.plus(x.times(y));
            }
        }
    }
    for (r, sums) in sums.iter().enumerate().take(height) {
        for (c, &sum) in sums.iter().enumerate() {
            // SAFETY: the element is in the tile.
            unsafe { to.element(r, c).write(T::of_numeric(sum)) };
        }
    }
}
