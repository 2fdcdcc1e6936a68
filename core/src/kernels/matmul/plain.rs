//! Products by plain loops over elements, for any element type. The compiler may vectorise the
//! loops. Nothing is packed. Half-precision floats are summed in `f32`. A tile has 4 rows, and 16,
//! 4 or 1 columns.

use super::{Matrix, ProductPart, ProductTask, scalar};
use crate::element::{Element, Numeric, StandIn};
use crate::run::level::HAS_VECTORS;

/// The most rows of a tile.
const ROWS: usize = 4;

/// Computes the products of `problem`, one for each index of the batch axes.
///
/// # Safety
/// `problem` keeps the contract of [`ProductTask`], and no axis of the destination is empty.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) unsafe fn each<T: Numeric>(problem: &ProductTask<T>) {
    let [columns, rows, ..] = problem.lens;
    problem.each_matrix(
        #[cfg_attr(not(unoptimised), inline(always))]
        // SAFETY: `problem` keeps the contract of `ProductTask`, and `part` is at one index of its
        // batch axes.
        |part| unsafe { product(part, [rows, problem.inner, columns]) },
    );
}

/// Writes `a (rows, inner) @ b (inner, columns)`.
///
/// # Safety
/// The pointers and strides of `a`, `b` and `to` lead to all elements of matrices of these lengths.
/// Nothing else accesses the elements of `to`.
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
            // SAFETY: the caller keeps this function's contract. `a` and `to` have at least
            // `height` rows from row `i` on. `b` and `to` have at least as many columns from column
            // `j` on as the tile, because each `match` arm has a tile of the least width in its
            // pattern.
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

/// Writes a tile of `height` rows and `WIDTH` columns. `height` is at most `ROWS`.
///
/// # Safety
/// `a` has `height` rows and `inner` columns, and `b` has `inner` rows and `WIDTH` columns. `to`
/// has `height` rows and `WIDTH` columns, which nothing else accesses. If `BESIDE`, each row of `b`
/// is contiguous.
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
            // SAFETY: `p` is below `inner` and `c` is below `WIDTH`, so `b` has the element
            // `(p, c)`.
            |c| unsafe { b.element(p, c).read() }.numeric(),
        );
        for (r, sums) in sums.iter_mut().enumerate().take(height) {
            // SAFETY: `r` is below `height` and `p` is below `inner`, so `a` has the element
            // `(r, p)`.
            let x = unsafe { a.element(r, p).read() }.numeric();
            for (sum, &y) in sums.iter_mut().zip(&columns) {
                *sum = sum.plus(x.times(y));
            }
        }
    }
    for (r, sums) in sums.iter().enumerate().take(height) {
        for (c, &sum) in sums.iter().enumerate() {
            // SAFETY: `r` is below `height` and `c` is below `WIDTH`, so `to` has the element
            // `(r, c)`, which nothing else accesses.
            unsafe { to.element(r, c).write(T::of_numeric(sum)) };
        }
    }
}
