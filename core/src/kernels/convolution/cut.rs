//! Decides how the windows of images are cut into vectors, and how large the planes are that they
//! are read from.

use super::Convolution;

/// How the windows of an image are cut into vectors.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    /// All windows count as one row, since nothing lies between the rows.
    OneRow,
    /// Row by row. The last vector of a row may overlap the one before it.
    Rows,
    /// Vectors run on over the padding between rows, and compute windows there that are dropped.
    Running,
}

impl Cut {
    /// The cut with the fewest vectors of `len` windows. Windows that run on over rows are computed
    /// to a line first and copied from there to the destination. With few taps the copy is a
    /// notable part of the time, so running on must save more.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(super) fn of<T>(convolution: &Convolution<T>, len: usize) -> Self {
        let ([rows, columns], [_, width]) = (convolution.windows, plane(convolution));
        let [.., to_row, to_column] = convolution.to.strides;
        if width == columns
            && to_row == to_column.wrapping_mul(columns as isize)
            && rows * columns >= len
        {
            return Self::OneRow;
        }
        let images = together(convolution);
        let by_rows = images * rows * columns.div_ceil(len);
        let running = running(convolution, images).div_ceil(len);
        let [kernel_rows, kernel_columns] = convolution.how.kernel;
        let taps = convolution.data_lens[1] / convolution.how.groups * kernel_rows * kernel_columns;
        let saves = if taps < 64 { running * 8 < by_rows * 7 } else { running * 20 < by_rows * 19 };
        if columns < len || saves { Self::Running } else { Self::Rows }
    }
}

/// The number of rows from an image to the next, and of columns from a row to the next, in padded
/// planes. If windows move by one, and there are at most as many of them as a row with padding at
/// one end has elements, neighbouring rows share the padding between them. The same holds for
/// images.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn plane<T>(convolution: &Convolution<T>) -> [usize; 2] {
    let Convolution { data_lens: [_, _, height, width], how, windows: [rows, columns], .. } =
        convolution;
    let along = |len: usize, windows: usize, k: usize| {
        let (once, twice) = (len + how.pad[k], len + 2 * how.pad[k]);
        if how.stride[k] == 1 && windows <= once { once } else { twice.div_ceil(how.stride[k]) }
    };
    [along(*height, *rows, 0), along(*width, *columns, 1)]
}

/// The number of images whose planes are written together, so that windows run on from one image to
/// the next.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn together<T>(convolution: &Convolution<T>) -> usize {
    let [rows, columns] = plane(convolution);
    (MOST_RUNNING / (rows * columns).max(1)).min(convolution.data_lens[0]).max(1)
}

/// The most windows that run on, unless one image has more.
pub(super) const MOST_RUNNING: usize = 1024;

/// The number of windows when they run on over `images` images, including those between rows and
/// images.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn running<T>(convolution: &Convolution<T>, images: usize) -> usize {
    let ([rows, columns], plane) = (convolution.windows, plane(convolution));
    (images - 1) * plane[0] * plane[1] + (rows - 1) * plane[1] + columns
}
