//! Triangles of matrices: what is on the other side of a diagonal becomes 0.

use super::loops::Loops;
use crate::axes::PerAxis;
use crate::element::Element;
use crate::read::Strides;

/// Which side of a diagonal stays, with the diagonal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TriangleSide {
    /// What is below it.
    Lower,
    /// What is above it.
    Upper,
}

/// Writes 0 to the elements of matrices, of the last two of the lengths `lens`, that are on the other side of
/// the diagonal: the one that begins in column `diagonal` of the first row, or above it where that is negative.
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
            // How many columns of the row are left of the diagonal, and with it where the upper side begins.
            let left = (row as isize).saturating_add(diagonal);
            let cleared = match side {
                TriangleSide::Lower => clamped(left.saturating_add(1), columns)..columns,
                TriangleSide::Upper => 0..clamped(left, columns),
            };
            let first = matrix.wrapping_add(to.strides[1].wrapping_mul(row as isize));
            for column in cleared {
                let place = first.wrapping_add(to.strides[0].wrapping_mul(column as isize));
                // SAFETY: it is an index of these lengths.
                unsafe { to.at.wrapping_offset(place).write(T::ZERO) };
            }
        }
    });
}

/// The nearest number of columns.
fn clamped(column: isize, columns: usize) -> usize {
    if column < 0 { 0 } else { columns.min(column as usize) }
}
