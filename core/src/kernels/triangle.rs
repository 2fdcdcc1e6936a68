//! Lower and upper triangles of matrices: keeps the elements on one side of a diagonal, and sets
//! those on the other side to 0.

use super::loops::Loops;
use crate::axes::PerAxis;
use crate::element::Element;
use crate::read::Strides;

/// The side of a diagonal whose elements are kept. The elements of the diagonal are kept too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TriangleSide {
    /// The elements below the diagonal.
    Lower,
    /// The elements above the diagonal.
    Upper,
}

/// Writes 0 to the elements that are neither on the diagonal nor on the side `side` of it, in each
/// matrix of `to`. `lens[0]` is the number of columns of a matrix, and `lens[1]` the number of
/// rows. The diagonal begins in the first row, at column `diagonal`. If `diagonal` is negative, it
/// begins in the first column, at row `-diagonal`.
///
/// # Safety
/// The strides of `to` lead to an element at each index of `lens`, and nothing else accesses these
/// elements.
pub(crate) unsafe fn clear<T: Element>(
    to: Strides<*mut T>,
    lens: PerAxis<usize>,
    side: TriangleSide,
    diagonal: isize,
) {
    let (columns, rows) = (lens[0], lens[1]);
    let mut matrices = Loops::<1>::NONE;
    for (&len, &stride) in lens[2..].iter().zip(&to.strides[2..]) {
        matrices.push(len, [stride]);
    }
    if matrices.are_empty() {
        return;
    }
    matrices.each(|[matrix]| {
        for row in 0..rows {
            // The column of the diagonal in this row. It may be outside the matrix.
            let left = (row as isize).saturating_add(diagonal);
            let cleared = match side {
                TriangleSide::Lower => clamped(left.saturating_add(1), columns)..columns,
                TriangleSide::Upper => 0..clamped(left, columns),
            };
            let first = matrix.wrapping_add(to.strides[1].wrapping_mul(row as isize));
            for column in cleared {
                let place = first.wrapping_add(to.strides[0].wrapping_mul(column as isize));
                // SAFETY: `row` is below `rows`, `column` is below `columns`, and the loops keep
                // the indices along the other axes in bounds.
                unsafe { to.at.wrapping_offset(place).write(T::ZERO) };
            }
        }
    });
}

/// `column`, limited to the range from 0 to `columns`.
fn clamped(column: isize, columns: usize) -> usize {
    if column < 0 { 0 } else { columns.min(column as usize) }
}
