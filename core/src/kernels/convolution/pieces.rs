//! The pieces that the windows of an image are cut into: one vector of windows each.

use alloc::vec::Vec;

use super::Convolution;
use super::cut::{Cut, running};
use super::layout::PlaneLayout;
use crate::kernels::matmul::Wide;

/// One vector of windows.
#[derive(Clone, Copy)]
pub(super) struct Piece {
    /// The distance from the element that a tap reads for the first window of the image to the one
    /// that it reads for this vector.
    pub(super) from: isize,
    /// The row and the column of the first window, if the piece is of one row.
    pub(super) row: usize,
    pub(super) column: usize,
}

/// The pieces of the windows of an image, or of several images that run on.
pub(super) struct Pieces {
    pub(super) pieces: Vec<Piece>,
    pub(super) cut: Cut,
    /// The number of rows and of columns of windows.
    pub(super) rows: usize,
    pub(super) columns: usize,
    /// The number of windows from one row to the next, and from one image to the next, if pieces
    /// run on over rows.
    pub(super) width: usize,
    pub(super) image: usize,
    /// The number of pieces that are computed for all output channels before other pieces are. What
    /// they read fits in the second-level cache.
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

    /// The pieces of `images` images, which may be fewer than are usually written together.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(super) fn of_images(&self, images: usize, len: usize) -> &[Piece] {
        if self.cut != Cut::Running {
            return &self.pieces;
        }
        let windows = (images - 1) * self.image + (self.rows - 1) * self.width + self.columns;
        &self.pieces[..windows.div_ceil(len)]
    }
}

/// The bytes of planes that are read by the pieces that are computed together.
pub(super) const CACHED: usize = 256 * 1024;
/// The least number of pieces that are computed together. A tile has up to 8.
pub(super) const LEAST_TOGETHER: usize = 16;
