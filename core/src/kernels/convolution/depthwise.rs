//! Depthwise convolutions, in which each output channel reads one input channel of its own, with a
//! stride of 1.
//!
//! ```text
//! for each pair of SIMD vectors of neighbouring windows:
//!     sums[i] = bias, for each of K rows of windows
//!     for each row y of the plane, which is read only once:
//!         sums[i] += row y times row i of the weights     sums[i] is for row y - i of windows
//!         store sums[K - 1], which is complete; move each sum to the next index; sums[0] = bias
//! ```

use super::rows::Rows;
use crate::kernels::matmul::Wide;
use crate::kernels::reduce::tree::each;
use crate::run::simd::{Simd, Vector};

/// Writes the results of `rows` rows of `columns` windows of `K` by `K`, from a plane (a channel
/// with its padding). `columns` is at least the length of a SIMD vector.
///
/// # Safety
/// `plane` reaches `rows + K - 1` rows of `columns + K - 1` elements, and the elements of a row are
/// contiguous. `to` reaches the results of all windows exclusively, and the results of a row are
/// contiguous. `weights` points to `K * K` weights.
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
        // A vector that would go past the end of the row begins earlier instead, so it may overlap
        // vectors before it. The windows that two vectors have in common are computed twice.
        let columns = [column, column + len].map(
            #[cfg_attr(not(unoptimised), inline(always))]
            |column| column.min(columns - len),
        );
        // SAFETY: each entry of `columns` is at most the number of windows of a row minus `len`, so
        // a whole vector of windows begins there. The caller keeps this function's contract.
        unsafe { strip::<S, T, K>(simd, plane, (weights, bias), to, rows, columns) };
        column += 2 * len;
    }
}

/// Writes the results of all rows for two vectors of windows, which begin at the two entries of
/// `columns`.
///
/// # Safety
/// The contract of [`windows`] holds, and a whole vector of windows begins at each of `columns`.
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
                // SAFETY: the caller promises `K * K` weights, and `i` and `j` are less than `K`.
                |j| T::Vector::<S>::splat(simd, unsafe { weights.wrapping_add(i * K + j).read() }),
            )
        },
    );
    let bias = T::Vector::<S>::splat(simd, bias);
    // At the start of each step, `sums[i]` is for row `y - i` of windows, and contains the products
    // with the rows of the plane before row `y`.
    let mut sums = [[bias; 2]; K];
    for y in 0..rows + K - 1 {
        for j in 0..K {
            for (v, &column) in columns.iter().enumerate() {
                // SAFETY: the caller promises that the plane has `rows + K - 1` rows, and in each
                // row the elements of a vector of windows from `column` on. `j` is less than `K`,
                // so they include a vector of elements from `column + j` on.
                let x = unsafe { T::Vector::<S>::load(simd, plane.element(y, column + j)) };
                for (sums, weights) in sums.iter_mut().zip(&weights) {
                    sums[v] = x.times_plus(weights[j], sums[v]);
                }
            }
        }
        // For `y < K - 1`, `sums[K - 1]` belongs to no row of windows and is not stored.
        if let Some(row) = y.checked_sub(K - 1) {
            for (&sum, &column) in sums[K - 1].iter().zip(&columns) {
                // SAFETY: `row` is less than `rows`, because `y` is less than `rows + K - 1`. The
                // caller promises that a whole vector of windows begins at `column`.
                unsafe { sum.store(to.element(row, column)) };
            }
        }
        for i in (1..K).rev() {
            sums[i] = sums[i - 1];
        }
        sums[0] = [bias; 2];
    }
}
