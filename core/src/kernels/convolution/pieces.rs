//! Lists the pieces of the windows of an image: SIMD vectors of neighbouring windows.

use alloc::vec::Vec;

use super::Convolution;
use super::cut::{Cut, running};
use super::layout::PlaneLayout;
use crate::kernels::matmul::Wide;

/// A SIMD vector of neighbouring windows.
#[derive(Clone, Copy)]
pub(super) struct Piece {
    /// The distance in elements between two places in a plane: where the first window of the image
    /// reads a tap, and where the first window of this piece reads the same tap.
    pub(super) from: isize,
    /// The row and the column of the first window. Both are 0 with `Cut::Running`, where a piece
    /// may span two rows.
    pub(super) row: usize,
    pub(super) column: usize,
}

/// The pieces of an image. With `Cut::Running`, the pieces of all images whose planes are written
/// together.
pub(super) struct Pieces {
    pub(super) pieces: Vec<Piece>,
    pub(super) cut: Cut,
    /// `rows` is the number of rows of windows, and `columns` the number of windows per row. With
    /// `Cut::OneRow` one row has all windows.
    pub(super) rows: usize,
    pub(super) columns: usize,
    /// With `Cut::Running`, `width` is the number of windows from the first window of a row to the
    /// first window of the next row, and `image` from the first window of an image to the first
    /// window of the next image.
    pub(super) width: usize,
    pub(super) image: usize,
    /// The number of pieces that are computed for all output channels before the next pieces are
    /// begun. The elements that they read stay in the second-level cache meanwhile.
    pub(super) together: usize,
}

impl Pieces {
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(super) fn of<T: Wide>(
        convolution: &Convolution<T>,
        layout: &PlaneLayout,
        cut: Cut,
        channels: usize,
        len: usize,
    ) -> Self {
        let [mut rows, mut columns] = convolution.windows;
        let mut pieces = Vec::new();
        if cut == Cut::Running {
            for from in (0..running(convolution, layout.images)).step_by(len) {
                pieces.push(Piece { from: from as isize, row: 0, column: 0 });
            }
            let (together, [image, width]) = (pieces.len(), layout.plane);
            return Self { pieces, cut, rows, columns, width, image: image * width, together };
        }
        if cut == Cut::OneRow {
            (rows, columns) = (1, rows * columns);
        }
        for row in 0..rows {
            for column in (0..columns).step_by(len) {
                let column = column.min(columns - len);
                let from = layout.row.wrapping_mul(row as isize).wrapping_add(column as isize);
                pieces.push(Piece { from, row, column });
            }
        }
        let read =
            channels * convolution.how.stride[0] * convolution.how.stride[1] * len * size_of::<T>();
        let together = (CACHED / read.max(1)).max(LEAST_TOGETHER);
        Self { pieces, cut, rows, columns, width: columns, image: 0, together }
    }

    /// The pieces of `images` images whose planes are written together. The last group of images
    /// may be smaller than the groups before it, and then has fewer pieces.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(super) fn of_images(&self, images: usize, len: usize) -> &[Piece] {
        if self.cut != Cut::Running {
            return &self.pieces;
        }
        let windows = (images - 1) * self.image + (self.rows - 1) * self.width + self.columns;
        &self.pieces[..windows.div_ceil(len)]
    }
}

/// The maximum number of bytes of the planes that are read by pieces that are computed together.
/// There are exceptions: at least [`LEAST_TOGETHER`] pieces are computed together, and with
/// `Cut::Running` all pieces are.
pub(super) const CACHED: usize = 256 * 1024;
/// The least number of pieces that are computed together: twice the 8 pieces of the widest tile.
pub(super) const LEAST_TOGETHER: usize = 16;
