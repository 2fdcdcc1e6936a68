//! Triangles of matrices: sets the elements on one side of a diagonal to 0.

use super::loops::Loops;
use crate::axes::PerAxis;
use crate::element::Element;
use crate::read::Strides;

/// The side of a diagonal that is kept, together with the diagonal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TriangleSide {
    /// The elements below the diagonal.
    Lower,
    /// The elements above the diagonal.
    Upper,
}

/// Writes 0 to the elements on the other side of the diagonal. The matrices have the last two of
/// the lengths `lens`. The diagonal begins in column `diagonal` of the first row; if that is
/// negative, in row `-diagonal` of the first column.
///
/// # Safety
/// `to` reaches an element at each index of these lengths, exclusively.
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
            // The number of columns left of the diagonal in this row.
            let left = (row as isize).saturating_add(diagonal);
            let cleared = match side {
                TriangleSide::Lower => clamped(left.saturating_add(1), columns)..columns,
                TriangleSide::Upper => 0..clamped(left, columns),
            };
            let first = matrix.wrapping_add(to.strides[1].wrapping_mul(row as isize));
            for column in cleared {
                let place = first.wrapping_add(to.strides[0].wrapping_mul(column as isize));
                // SAFETY: this is an index of the matrices.
                unsafe { to.at.wrapping_offset(place).write(T::ZERO) };
            }
        }
    });
}

/// `column`, limited to the range from 0 to `columns`.
fn clamped(column: isize, columns: usize) -> usize {
    if column < 0 { 0 } else { columns.min(column as usize) }
}
