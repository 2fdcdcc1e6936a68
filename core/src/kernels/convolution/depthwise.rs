//! Depthwise convolutions, in which each output channel has one channel of its own, by windows that
//! move by one.
//!
//! ```text
//! for each two vectors of columns of windows:
//!     sums[i] = bias, for each of K rows of windows
//!     for each row y of the plane, which is read only once:
//!         sums[i] += row y times row i of the weights     sums[i] is for row y - i of windows
//!         store sums[K - 1], which is complete; move each sum to the next index; sums[0] = bias
//! ```

use super::rows::Rows;
use crate::kernels::matmul::Wide;
use crate::kernels::reduce::tree::each;
use crate::run::simd::{Simd, Vector};

/// Writes `rows` rows of `columns` windows of `K` by `K`, from a plane with its padding. There are
/// at least as many columns as elements of a vector.
///
/// # Safety
/// The plane reaches `rows + K - 1` rows of `columns + K - 1` adjacent elements. `to` reaches the
/// windows, whose columns are adjacent too, exclusively. There are `K * K` weights.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) unsafe fn windows<S: Simd, T: Wide, const K: usize>(
    simd: S,
    plane: Rows<*const T>,
    (weights, bias): (*const T, T),
    to: Rows<*mut T>,
    [rows, columns]: [usize; 2],
) {
    let len = const { <T::Vector<S> as Vector<S>>::LEN };
    let mut column = 0;
    while column < columns {
        // Two vectors at a time. The last ones may overlap those before, and compute the same
        // results there.
        let columns = [column, column + len].map(
            #[cfg_attr(not(unoptimised), inline(always))]
            |column| column.min(columns - len),
        );
        // SAFETY: a vector of windows begins at each of these columns.
        unsafe { strip::<S, T, K>(simd, plane, (weights, bias), to, rows, columns) };
        column += 2 * len;
    }
}

/// Writes all rows of two vectors of windows.
///
/// # Safety
/// As for [`windows`], for the windows from these columns on.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn strip<S: Simd, T: Wide, const K: usize>(
    simd: S,
    plane: Rows<*const T>,
    (weights, bias): (*const T, T),
    to: Rows<*mut T>,
    rows: usize,
    columns: [usize; 2],
) {
    let weights: [[T::Vector<S>; K]; K] = each(
        #[cfg_attr(not(unoptimised), inline(always))]
        |i| {
            each(
                #[cfg_attr(not(unoptimised), inline(always))]
                // SAFETY: there are `K * K` weights.
                |j| T::Vector::<S>::splat(simd, unsafe { weights.wrapping_add(i * K + j).read() }),
            )
        },
    );
    let bias = T::Vector::<S>::splat(simd, bias);
    // The sums of row `y - i` of windows, which have all rows of the plane before `y`.
    let mut sums = [[bias; 2]; K];
    for y in 0..rows + K - 1 {
        for j in 0..K {
            for (v, &column) in columns.iter().enumerate() {
                // SAFETY: the plane has this row, and a vector of elements at this column.
                let x = unsafe { T::Vector::<S>::load(simd, plane.element(y, column + j)) };
                for (sums, weights) in sums.iter_mut().zip(&weights) {
                    sums[v] = x.times_plus(weights[j], sums[v]);
                }
            }
        }
        // Rows before the first are not windows.
        if let Some(row) = y.checked_sub(K - 1) {
            for (&sum, &column) in sums[K - 1].iter().zip(&columns) {
                // SAFETY: the destination has this row, and a vector of windows at this column.
                unsafe { sum.store(to.element(row, column)) };
            }
        }
        for i in (1..K).rev() {
            sums[i] = sums[i - 1];
        }
        sums[0] = [bias; 2];
    }
}
