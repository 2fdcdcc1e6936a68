//! Convolutions in which each output channel is of one channel, by windows that move by one: a plane
//! is read once, row by row, and each of its rows is added to as many rows of windows as it is in.

use super::rows::Rows;
use crate::kernels::matmul::Wide;
use crate::kernels::reduce::tree::each;
use crate::run::simd::{Simd, Vector};

/// Writes `rows` rows of `columns` windows of `K` by `K`, of a plane with its padding; there are as
/// many columns as a vector has.
///
/// # Safety
/// The plane reaches `rows + K - 1` rows of `columns + K - 1` elements side by side, and `to` the
/// windows, side by side too and exclusively; there are `K * K` weights.
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
        // Two vectors at a time; the last may overlap those before, and gives the same there.
        let columns = [column, column + len].map(
            #[cfg_attr(not(unoptimised), inline(always))]
            |column| column.min(columns - len),
        );
        // SAFETY: a vector of windows begins at each of these columns.
        unsafe { strip::<S, T, K>(simd, plane, (weights, bias), to, rows, columns) };
        column += 2 * len;
    }
}

/// Writes the rows of two vectors of windows.
///
/// # Safety
/// As for [`windows`], of the windows from these columns on.
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
                // SAFETY: there are `K * K` of them.
                |j| T::Vector::<S>::splat(simd, unsafe { weights.wrapping_add(i * K + j).read() }),
            )
        },
    );
    let bias = T::Vector::<S>::splat(simd, bias);
    // The sums of row `y - i` of windows, which rows of the plane up to `y` have been added to.
    let mut sums = [[bias; 2]; K];
    for y in 0..rows + K - 1 {
        for j in 0..K {
            for (v, &column) in columns.iter().enumerate() {
                // SAFETY: the plane has this row, and a vector there.
                let x = unsafe { T::Vector::<S>::load(simd, plane.element(y, column + j)) };
                for (sums, weights) in sums.iter_mut().zip(&weights) {
                    sums[v] = x.times_plus(weights[j], sums[v]);
                }
            }
        }
        // Sums of rows before the first are no windows.
        if let Some(row) = y.checked_sub(K - 1) {
            for (&sum, &column) in sums[K - 1].iter().zip(&columns) {
                // SAFETY: the destination has this row, and a vector of windows there.
                unsafe { sum.store(to.element(row, column)) };
            }
        }
        for i in (1..K).rev() {
            sums[i] = sums[i - 1];
        }
        sums[0] = [bias; 2];
    }
}
