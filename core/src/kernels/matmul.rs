//! The matrix product of two dense operands, by register tiles of 4 rows and 16 columns.

use super::along::fold_lane;
use super::fold::{Total, total};
use super::tree::LEVELS;
use super::walk::Strides;
use crate::element::Numeric;

const ROWS: usize = 4;
const COLUMNS: usize = 16;

/// The inner product of two slices of one length; 0 of nothing.
#[inline(always)]
pub(crate) fn dot<T: Numeric>(a: &[T], b: &[T]) -> T {
    if a.is_empty() {
        return T::ZERO;
    }
    let b = &b[..a.len()];
    total(fold_lane::<T, Total, LEVELS>(a.len(), |j| a[j].times(b[j])))
}

/// Writes `a (rows, inner) @ b (inner, columns)`, both row-major, to `to`, whose strides are (row, column).
///
/// # Safety
/// `to` reaches `rows` × `columns` elements with its strides 1 and 0, exclusively.
#[inline(always)]
pub(crate) unsafe fn product<T: Numeric>(
    a: &[T],
    b: &[T],
    [rows, inner, columns]: [usize; 3],
    to: Strides<*mut T>,
) {
    let (row_stride, column_stride) = (to.strides[1], to.strides[0]);
    let write = |i: usize, j: usize, value: T| {
        let offset = row_stride.wrapping_mul(i as isize).wrapping_add(column_stride.wrapping_mul(j as isize));
        // SAFETY: i < rows and j < columns.
        unsafe { to.at.wrapping_offset(offset).write(value) };
    };
    if columns == 1 {
        for i in 0..rows {
            write(i, 0, dot(&a[i * inner..(i + 1) * inner], b));
        }
        return;
    }
    let mut i = 0;
    while i < rows {
        let height = ROWS.min(rows - i);
        let mut j = 0;
        while j < columns {
            let width = COLUMNS.min(columns - j);
            let mut tile = [[T::ZERO; COLUMNS]; ROWS];
            if height == ROWS && width == COLUMNS {
                full_tile(&mut tile, &a[i * inner..], b, [inner, columns, j]);
            } else {
                for p in 0..inner {
                    for (r, row) in tile.iter_mut().enumerate().take(height) {
                        let x = a[(i + r) * inner + p];
                        for (c, sum) in row.iter_mut().enumerate().take(width) {
                            *sum = sum.plus(x.times(b[p * columns + j + c]));
                        }
                    }
                }
            }
            for (r, row) in tile.iter().enumerate().take(height) {
                for (c, &sum) in row.iter().enumerate().take(width) {
                    write(i + r, j + c, sum);
                }
            }
            j += width;
        }
        i += height;
    }
}

#[inline]
fn full_tile<T: Numeric>(tile: &mut [[T; COLUMNS]; ROWS], a: &[T], b: &[T], [inner, columns, j]: [usize; 3]) {
    let mut sums = *tile;
    for p in 0..inner {
        let b: &[T; COLUMNS] = b[p * columns + j..][..COLUMNS].try_into().expect("sixteen columns");
        for (r, row) in sums.iter_mut().enumerate() {
            let x = a[r * inner + p];
            for (sum, &y) in row.iter_mut().zip(b) {
                *sum = sum.plus(x.times(y));
            }
        }
    }
    *tile = sums;
}
