//! Products of a row `x` and a matrix `b`, as fast as memory can be read: every element of the
//! matrix is read once, in long contiguous runs. For a product of a matrix and a column, the caller
//! passes the transposed matrices.
//!
//! ```text
//! if the rows of b are contiguous:
//!     to = 0; for each 8 rows of b: to[j] += the sum of x[p] * b[p][j] over these rows
//! if the columns of b are contiguous:
//!     for each 4 columns of b: their inner products with x, by two SIMD vectors of sums per column
//! ```

use super::tile::Wide;
use super::{Matrix, ProductPart};
use crate::run::simd::{Simd, Vector};

/// The number of rows of the matrix that are read in one pass over the destination. If the columns
/// are contiguous, half as many columns are read together.
const ROWS: usize = 8;
/// The most elements of a SIMD vector at any SIMD level.
const MOST_LANES: usize = 16;

/// Writes `x (1, inner) @ b (inner, columns)` to `to` and returns true, in two cases: if the rows
/// of `b` and `to` are contiguous, or if `x` and each column of `b` are contiguous. Otherwise
/// writes nothing and returns false.
///
/// # Safety
/// The pointers and strides of `x`, `b` and `to` lead to all elements of matrices of these lengths.
/// Nothing else accesses the elements of `to`.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) unsafe fn product<S: Simd, T: Wide>(
    simd: S,
    (x, b, to): ProductPart<T>,
    [inner, columns]: [usize; 2],
) -> bool {
    if b.column == 1 && to.column == 1 {
        for j in 0..columns {
            // SAFETY: `j` is below `columns`.
            unsafe { to.element(0, j).write(T::ZERO) };
        }
        let mut p = 0;
        while p + ROWS <= inner {
            // SAFETY: at least `ROWS` elements of `x`, and as many rows of `b`, are left from `p`
            // on. The elements of `to` have been set to 0 above.
            unsafe { add_rows::<S, T, ROWS>(simd, x.from(0, p), b.from(p, 0), to.at, columns) };
            p += ROWS;
        }
        while p < inner {
            // SAFETY: at least 1 element of `x`, and 1 row of `b`, is left from `p` on. The
            // elements of `to` have been set to 0 above.
            unsafe { add_rows::<S, T, 1>(simd, x.from(0, p), b.from(p, 0), to.at, columns) };
            p += 1;
        }
        return true;
    }
    if b.row == 1 && x.column == 1 {
        let mut j = 0;
        while j + ROWS / 2 <= columns {
            // SAFETY: at least `ROWS / 2` columns are left from column `j` on.
            unsafe { dots::<S, T, { ROWS / 2 }>(simd, x.at, b.from(0, j), to.from(0, j), inner) };
            j += ROWS / 2;
        }
        while j < columns {
            // SAFETY: at least 1 column is left from column `j` on.
            unsafe { dots::<S, T, 1>(simd, x.at, b.from(0, j), to.from(0, j), inner) };
            j += 1;
        }
        return true;
    }
    false
}

/// Adds the first `N` rows of `b` to the `columns` elements at `to`, each row multiplied by the
/// element of `x` with the same index.
///
/// # Safety
/// `x` has `N` elements, and `b` has `N` rows of `columns` contiguous elements. `to` points to
/// `columns` initialised elements, which nothing else accesses.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn add_rows<S: Simd, T: Wide, const N: usize>(
    simd: S,
    x: Matrix<*const T>,
    b: Matrix<*const T>,
    to: *mut T,
    columns: usize,
) {
    let lanes = <T::Vector<S> as Vector<S>>::LEN;
    // SAFETY: the caller keeps this function's contract.
    let x: [T; N] = core::array::from_fn(
        #[cfg_attr(not(unoptimised), inline(always))]
        |p| unsafe { x.element(0, p).read() },
    );
    let mut j = 0;
    while j + lanes <= columns {
        // SAFETY: `j + lanes` is at most `columns`, the length of `to` and of each row of `b`.
        unsafe {
            let at = to.add(j);
            let mut sum = T::Vector::<S>::load(simd, at);
            for (p, &x) in x.iter().enumerate() {
                let row = T::Vector::<S>::load(simd, b.element(p, 0).add(j));
                sum = T::Vector::<S>::splat(simd, x).times_plus(row, sum);
            }
            sum.store(at);
        }
        j += lanes;
    }
    while j < columns {
        // SAFETY: `j` is below `columns`, the length of `to` and of each row of `b`.
        unsafe {
            let sum = (0..N)
                .fold(to.add(j).read(), |sum, p| sum.plus(x[p].times(b.element(p, j).read())));
            to.add(j).write(sum);
        }
        j += 1;
    }
}

/// Writes the inner products of `x` with the first `N` columns of `b`.
///
/// # Safety
/// `x` points to `inner` contiguous elements. `b` has `N` columns of `inner` contiguous elements.
/// `to` has `N` columns, which nothing else accesses.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn dots<S: Simd, T: Wide, const N: usize>(
    simd: S,
    x: *const T,
    b: Matrix<*const T>,
    to: Matrix<*mut T>,
    inner: usize,
) {
    let lanes = <T::Vector<S> as Vector<S>>::LEN;
    let mut sums = [[T::Vector::<S>::splat(simd, T::ZERO); 2]; N];
    let mut p = 0;
    while p + 2 * lanes <= inner {
        for half in 0..2 {
            let p = p + half * lanes;
            // SAFETY: `p + lanes` is at most `inner`, the length of `x` and of each column of `b`.
            unsafe {
                let x = T::Vector::<S>::load(simd, x.add(p));
                for (j, sums) in sums.iter_mut().enumerate() {
                    let column = T::Vector::<S>::load(simd, b.element(0, j).add(p));
                    sums[half] = column.times_plus(x, sums[half]);
                }
            }
        }
        p += 2 * lanes;
    }
    for (j, sums) in sums.into_iter().enumerate() {
        let mut each = [T::ZERO; MOST_LANES];
        const { assert!(<T::Vector<S> as Vector<S>>::LEN <= MOST_LANES) };
        // SAFETY: `each` has `MOST_LANES` elements, at least as many as a vector.
        unsafe { sums[0].plus(sums[1]).store(each.as_mut_ptr()) };
        let mut sum = each.iter().take(lanes).fold(
            T::ZERO,
            #[cfg_attr(not(unoptimised), inline(always))]
            |sum, &lane| sum.plus(lane),
        );
        for p in p..inner {
            // SAFETY: `p` is below `inner`, the length of `x` and of column `j` of `b`.
            sum = sum.plus(unsafe { x.add(p).read().times(b.element(0, j).add(p).read()) });
        }
        // SAFETY: `j` is below `N`, and `to` has `N` columns.
        unsafe { to.element(0, j).write(sum) };
    }
}
