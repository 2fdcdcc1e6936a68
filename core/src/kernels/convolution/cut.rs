//! How the windows of images are cut into vectors, and the planes that they are read from.

use super::Convolution;

/// How the windows of an image are cut into vectors.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    /// All of them as if they were one row: there is nothing between rows.
    OneRow,
    /// Row by row, the last vector of each overlapping the one before.
    Rows,
    /// Running on over the padding between rows.
    Running,
}

impl Cut {
    /// The way by which the least is computed, of vectors of `len` windows. Rows that are run over
    /// are copied, which takes a while where there are few taps.
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

/// The rows from an image to the next, and the columns from a row to the next, of planes with their
/// padding. Where windows move by one, and there are no more of them than that leaves room for,
/// images and rows share the padding between them.
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

/// How many images are written together, so that their windows run on from one to the next.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn together<T>(convolution: &Convolution<T>) -> usize {
    let [rows, columns] = plane(convolution);
    (MOST_RUNNING / (rows * columns).max(1)).min(convolution.data_lens[0]).max(1)
}

/// How many windows run on at most, where one image has no more.
pub(super) const MOST_RUNNING: usize = 1024;

/// How many windows run on, of so many images, those between rows and images among them.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn running<T>(convolution: &Convolution<T>, images: usize) -> usize {
    let ([rows, columns], plane) = (convolution.windows, plane(convolution));
    (images - 1) * plane[0] * plane[1] + (rows - 1) * plane[1] + columns
}
