//! Decides how the windows of an image are split into SIMD vectors, and how large the planes are.
//! Planes are the padded copies of channels that windows are read from.

use super::Convolution;

/// How the windows of an image are split into SIMD vectors.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    /// The windows of all rows count as one long row, since in the planes and in the results
    /// nothing lies between the rows.
    OneRow,
    /// Each row of windows has its own vectors. The last vector of a row may overlap the vector
    /// before it.
    Rows,
    /// Vectors run on from row to row over the padding between the rows. They also compute windows
    /// that begin in that padding, whose results are dropped.
    Running,
}

impl Cut {
    /// Chooses `OneRow` wherever it is possible, and otherwise the way with the fewest vectors of
    /// `len` windows. The results of `Running` are written to a buffer and copied from there to the
    /// destination, which takes a notable part of the time if a window has few taps. So `Running`
    /// is chosen over `Rows` only if it needs less than 19/20 of the vectors, or less than 7/8 if
    /// there are fewer than 64 taps. It is also chosen if a row has fewer than `len` windows,
    /// because `Rows` is then impossible.
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

/// The number of rows per image, and of columns per row, in a plane. In a padded image each row has
/// padding at both ends. But if the stride is 1, and a row has at most as many windows as it has
/// elements and padding at one end, then the padding after a row of the plane is also the padding
/// before the next row. By the same rule, applied to columns, neighbouring images share the rows of
/// padding between them. With a larger stride, the plane of a phase has only each `stride`-th row
/// and column.
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

/// The number of images whose planes are adjacent in memory, so that vectors of windows run on from
/// one image to the next.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn together<T>(convolution: &Convolution<T>) -> usize {
    let [rows, columns] = plane(convolution);
    (MOST_RUNNING / (rows * columns).max(1)).min(convolution.data_lens[0]).max(1)
}

/// The most elements, for one channel, of the planes of several images that are adjacent in memory.
/// The plane of a single image may have more.
pub(super) const MOST_RUNNING: usize = 1024;

/// The number of windows of `images` images with `Cut::Running`. Windows that begin in the padding
/// between rows or between images count too.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn running<T>(convolution: &Convolution<T>, images: usize) -> usize {
    let ([rows, columns], plane) = (convolution.windows, plane(convolution));
    (images - 1) * plane[0] * plane[1] + (rows - 1) * plane[1] + columns
}
