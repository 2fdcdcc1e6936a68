//! Convolutions of `f32` and `f64` by the register tile of products: a few output channels by a few
//! vectors of windows.
//!
//! 1. The channels of a group are written as *planes*, with their padding: where windows move by
//!    more than one, a plane holds every `stride`-th row and column, so that windows which follow
//!    each other read elements which follow each other. Else the padding behind a row is that before
//!    the next, and that below an image the one above the next. What needs none of that is read where
//!    it is.
//! 2. Then a tap is an offset: it is read for windows `q, q + 1, ..` at `offset, offset + 1, ..`.
//!    A tile adds up, tap by tap, a few output channels' weights times a few vectors.
//! 3. Vectors begin in each row of windows, and the last of a row may overlap the one before; or,
//!    where that would compute much twice, they run on over the padding between rows, and between
//!    some images, and what is computed of that is dropped when the rows are copied to where they
//!    belong.

use alloc::vec;
use alloc::vec::Vec;

use super::Convolution;
use super::rows::{Rows, apart, copy, every};
use crate::kernels::images::Images;
use crate::kernels::matmul::{Wide, height, tallest, transpose};
use crate::kernels::reduce::tree::each;
use crate::run::simd::{Simd, Vector, Vectors, with_vectors};
use crate::storage::HeapBuffer;

macro_rules! entries {
    ($($t:ty: $name:ident;)*) => {$(
        /// Computes `convolution` by vectors, or gives `false` and writes nothing: where there are no
        /// vectors, where planes are more than memory can hold, and where a weight that is not finite
        /// would make NaN of the zeros of the padding.
        ///
        /// # Safety
        /// As [`Convolution`] says, and nothing of the destination is empty.
        pub(super) unsafe fn $name(vectors: Option<Vectors>, convolution: Convolution<$t>) -> bool {
            with_vectors!(
                vectors,
                // SAFETY: the caller's promise, and what is multiplied below has been.
                simd => fits(&convolution) && unsafe { convolve(simd, &convolution) },
                { let _ = convolution; false }
            )
        }
    )*};
}
entries! { f32: convolve_f32; f64: convolve_f64; }

/// Whether the planes of a group, its taps and the lines of a tile are no more than memory can hold,
/// so that none of their numbers overflows. Data may be larger than memory, where it repeats itself
/// by strides of 0, or where there is nothing of it but its padding.
fn fits<T: Wide>(convolution: &Convolution<T>) -> bool {
    let Convolution { data_lens: [_, channels, height, width], windows: [rows, columns], how, .. } =
        convolution;
    let padded = |len: usize, k: usize| {
        // With room for what is read behind a line.
        let past = BLOCK.checked_add(1)?.checked_mul(how.stride[k])?;
        len.checked_add(how.pad[k].checked_mul(2)?)?.checked_add(past)
    };
    let product = |numbers: [usize; 4]| {
        let elements =
            numbers.into_iter().try_fold(1usize, |product, number| product.checked_mul(number.max(1)));
        elements.filter(|&elements| elements <= MOST_ELEMENTS)
    };
    let (Some(height), Some(width)) = (padded(*height, 0), padded(*width, 1)) else {
        return false;
    };
    let channels = channels / how.groups;
    product([channels, height, width, 1]).is_some()
        && product([channels, how.kernel[0], how.kernel[1], convolution.outputs]).is_some()
        && product([*rows, columns.saturating_add(width), MOST_ROWS, LONGEST]).is_some()
}

/// Memory holds no more of anything that is counted here, of which none takes more than a vector.
const MOST_ELEMENTS: usize = isize::MAX as usize / 64;

/// Gives `false`, and writes nothing, where a weight that is not finite would make NaN of the padding.
///
/// # Safety
/// As [`Convolution`] says, nothing of the destination is empty, and it [`fits`].
#[inline(never)]
unsafe fn convolve<S: Simd, T: Wide>(simd: S, convolution: &Convolution<T>) -> bool {
    simd.vectorize(
        #[cfg_attr(not(unoptimised), inline(always))]
        // SAFETY: the caller's promise.
        || unsafe { by_planes::<S, T>(simd, convolution) },
    )
}

/// # Safety
/// As for [`convolve`].
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn by_planes<S: Simd, T: Wide>(simd: S, convolution: &Convolution<T>) -> bool {
    let len = const { <T::Vector<S> as Vector<S>>::LEN };
    let cut = Cut::of(convolution, len);
    let layout = Layout::of(convolution, cut);
    let groups = convolution.how.groups;
    let (channels, outputs) = (convolution.data_lens[1] / groups, convolution.outputs / groups);
    let offsets = layout.taps(convolution, channels);
    let pieces = Pieces::of(convolution, &layout, cut, channels, len);
    let packed = pack_weights(simd, convolution, channels, outputs);
    if convolution.how.pad != [0, 0] && !are_finite(&packed) {
        return false;
    }
    // A vector may reach past the last plane.
    let size = if layout.is_in_place { 0 } else { channels * layout.size + layout.behind(convolution) + len };
    let mut planes = HeapBuffer::<T>::zeroed(size);
    let planes = planes.as_mut_slice();
    let mut line = vec![T::ZERO; line_len(convolution)];
    // A line of windows for each output channel of a tile, where they run on over rows.
    let size = if cut == Cut::Running { MOST_ROWS * pieces.pieces.len() * len } else { 0 };
    let mut lines = HeapBuffer::<T>::zeroed(size);
    let lines = lines.as_mut_slice();
    for image in (0..convolution.data_lens[0]).step_by(layout.images) {
        let images = layout.images.min(convolution.data_lens[0] - image);
        let here = pieces.of_images(images, len);
        for group in 0..groups {
            let data = Images {
                at: convolution.data.element([image, group * channels, 0, 0]),
                strides: convolution.data.strides,
            };
            let planes = if layout.is_in_place {
                data.at
            } else {
                // SAFETY: there are so many images, and they have so many channels from there on.
                unsafe { layout.fill(convolution, data, [images, channels], &mut line, planes) };
                planes.as_ptr()
            };
            for some in here.chunks(pieces.together) {
                let mut top = 0;
                while top < outputs {
                    let height = height::<T::Vector<S>>(outputs - top);
                    let first = group * outputs + top;
                    let taps =
                        Taps { weights: packed[first * offsets.len()..].as_ptr(), offsets: &offsets, planes };
                    let to = convolution.to.element([image, first, 0, 0]);
                    macro_rules! tiles {
                        ($($rows:literal by $vectors:literal)*) => {
                            // Conditions that are constants to rustc itself, so that heights that there are not are not compiled.
                            match height {
                                $(
                                    // SAFETY: the weights of the tile's output channels are packed there,
                                    // the pieces are of these images, and the destination has them and
                                    // these channels.
                                    $rows if const { $rows <= tallest::<T::Vector<S>>() } => unsafe {
                                        rows::<S, T, $rows, $vectors>(
                                            simd,
                                            convolution,
                                            (&pieces, some, images),
                                            taps,
                                            (first, to),
                                            lines,
                                        )
                                    },
                                )*
                                _ => unreachable!("`height` gives one of these"),
                            }
                        };
                    }
                    tiles! { 12 by 2 6 by 2 5 by 2 4 by 3 3 by 4 2 by 4 1 by 8 }
                    top += height;
                }
            }
        }
    }
    true
}

/// Whether no number is infinite or NaN: such a number less itself is NaN.
#[cfg_attr(not(unoptimised), inline(always))]
fn are_finite<T: Wide>(numbers: &[T]) -> bool {
    numbers.iter().fold(
        true,
        #[cfg_attr(not(unoptimised), inline(always))]
        |are, &x| are & (x.minus(x) == T::ZERO),
    )
}

/// What a tile adds up: tap by tap, the weights of its output channels, and where elements are read.
#[derive(Clone, Copy)]
struct Taps<'p, T> {
    weights: *const T,
    offsets: &'p [isize],
    planes: *const T,
}

/// The most output channels of a tile.
const MOST_ROWS: usize = 12;

/// Writes the windows of some pieces, of `ROWS` output channels from channel `first` on, which
/// begin at `to`.
///
/// # Safety
/// As [`sums`] says of the taps for all pieces, and the destination has these channels.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn rows<S: Simd, T: Wide, const ROWS: usize, const VECTORS: usize>(
    simd: S,
    convolution: &Convolution<T>,
    (pieces, some, images): (&Pieces, &[Piece], usize),
    taps: Taps<'_, T>,
    (first, to): (usize, *mut T),
    lines: &mut [T],
) {
    let len = const { <T::Vector<S> as Vector<S>>::LEN };
    let bias: [T; ROWS] = each(
        #[cfg_attr(not(unoptimised), inline(always))]
        // SAFETY: there are these output channels.
        |r| unsafe { convolution.bias(first + r) }.unwrap_or(T::ZERO),
    );
    let to = Images { at: to, strides: convolution.to.strides };
    let line = lines.len() / MOST_ROWS;
    for (t, tile) in some.chunks(VECTORS).enumerate() {
        // Where there are fewer pieces than vectors the last is computed again, and not written.
        let columns: [isize; VECTORS] = each(
            #[cfg_attr(not(unoptimised), inline(always))]
            |v| tile[v.min(tile.len() - 1)].from,
        );
        // SAFETY: the caller's promise.
        let sums = unsafe { sums::<S, T::Vector<S>, ROWS, VECTORS>(simd, taps, columns, bias) };
        for (r, row) in sums.iter().enumerate() {
            for (v, (&piece, &sum)) in tile.iter().zip(row).enumerate() {
                if pieces.cut == Cut::Running {
                    let from = r * line + (t * VECTORS + v) * len;
                    let room = &mut lines[from..from + len];
                    // SAFETY: there is room for a vector.
                    unsafe { sum.store(room.as_mut_ptr()) };
                } else if to.strides[3] == 1 {
                    // SAFETY: the windows of the piece are in one row of the destination, side by side.
                    unsafe { sum.store(to.element([0, r, piece.row, piece.column])) };
                } else {
                    let mut room = [T::ZERO; LONGEST];
                    // SAFETY: no vector is longer.
                    unsafe { sum.store(room.as_mut_ptr()) };
                    // SAFETY: the windows of the piece are in one row of the destination.
                    unsafe {
                        copy(
                            Rows { at: room.as_ptr(), row: 0, column: 1 },
                            Rows {
                                at: to.element([0, r, piece.row, piece.column]),
                                row: 0,
                                column: to.strides[3],
                            },
                            [1, len],
                        );
                    }
                }
            }
        }
    }
    if pieces.cut == Cut::Running {
        for r in 0..ROWS {
            for image in 0..images {
                let windows = &lines[r * line + image * pieces.image..];
                let [_, _, row, column] = to.strides;
                assert!((pieces.rows - 1) * pieces.width + pieces.columns <= windows.len());
                // SAFETY: the line has these rows of windows, and the destination has them, of output
                // channel `r` of the image.
                unsafe {
                    copy(
                        Rows { at: windows.as_ptr(), row: pieces.width as isize, column: 1 },
                        Rows { at: to.element([image, r, 0, 0]), row, column },
                        [pieces.rows, pieces.columns],
                    );
                }
            }
        }
    }
}

/// The most elements of a vector.
const LONGEST: usize = 16;

/// The sums of the taps, for `ROWS` output channels, of the windows from each of `columns` on, and
/// the bias.
///
/// # Safety
/// The weights are `ROWS` for each offset, and from each column the planes have a vector at each.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn sums<S: Simd, V: Vector<S>, const ROWS: usize, const VECTORS: usize>(
    simd: S,
    taps: Taps<'_, V::Element>,
    columns: [isize; VECTORS],
    bias: [V::Element; ROWS],
) -> [[V; VECTORS]; ROWS]
where
    V::Element: Wide,
{
    let mut sums: [[V; VECTORS]; ROWS] = each(
        #[cfg_attr(not(unoptimised), inline(always))]
        |r| [V::splat(simd, bias[r]); VECTORS],
    );
    let mut weights = taps.weights;
    for &offset in taps.offsets {
        let row = taps.planes.wrapping_offset(offset);
        let vectors: [V; VECTORS] = each(
            #[cfg_attr(not(unoptimised), inline(always))]
            // SAFETY: the caller's promise.
            |v| unsafe { V::load(simd, row.wrapping_offset(columns[v])) },
        );
        for (r, sums) in sums.iter_mut().enumerate() {
            // SAFETY: there are `ROWS` weights for the offset.
            let weight = V::splat(simd, unsafe { weights.wrapping_add(r).read() });
            for (sum, &vector) in sums.iter_mut().zip(&vectors) {
                *sum = weight.times_plus(vector, *sum);
            }
        }
        weights = weights.wrapping_add(ROWS);
    }
    sums
}

/// How the planes of a group lie in memory: of a channel those of all images, of a plane row by row.
struct Layout {
    /// Whether they are the data as it is.
    is_in_place: bool,
    /// How many images are written together.
    images: usize,
    /// The elements from a channel's planes to the next channel's.
    channel: isize,
    /// The elements from a row of a plane to the next.
    row: isize,
    /// The rows from an image to the next, and the columns from a row to the next, of planes that are
    /// written.
    plane: [usize; 2],
    /// The elements of the planes of one channel, where they are written.
    size: usize,
}

impl Layout {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn of<T: Wide>(convolution: &Convolution<T>, cut: Cut) -> Self {
        let Convolution { data, how, .. } = convolution;
        let [_, channel, row, column] = data.strides;
        let plane = plane(convolution);
        let never_past = cut == Cut::Rows || (cut == Cut::OneRow && row == plane[1] as isize);
        let is_in_place = how.pad == [0, 0] && how.stride == [1, 1] && column == 1 && never_past;
        if is_in_place {
            return Self { is_in_place, images: 1, channel, row, plane, size: 0 };
        }
        let images = if cut == Cut::Running { together(convolution) } else { 1 };
        let size = how.stride[0] * how.stride[1] * images * plane[0] * plane[1];
        Self { is_in_place, images, channel: size as isize, row: plane[1] as isize, plane, size }
    }

    /// How many elements of padding are behind the last plane: below its image and behind its last row.
    fn behind<T>(&self, convolution: &Convolution<T>) -> usize {
        convolution.how.pad[0] * self.plane[1] + convolution.how.pad[1]
    }

    /// The elements from a plane of a channel to its next, of another phase.
    fn phase(&self) -> usize {
        self.images * self.plane[0] * self.plane[1]
    }

    /// Writes the planes of so many images and channels of `data`; what is padding stays as it is.
    /// `line` is as long as [`line_len`] says, of zeros where there is padding.
    ///
    /// # Safety
    /// `data` reaches so many images, and channels of them, of the convolution.
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn fill<T: Wide>(
        &self,
        convolution: &Convolution<T>,
        data: Images<*const T>,
        [images, channels]: [usize; 2],
        line: &mut [T],
        planes: &mut [T],
    ) {
        let Convolution { data_lens: [_, _, height, width], how, .. } = convolution;
        let ([rows, columns], [stride_y, stride_x]) = (self.plane, how.stride);
        for c in 0..channels {
            for image in 0..images {
                let first = c * self.size + image * rows * columns;
                if how.stride == [1, 1] {
                    let [_, _, row, column] = data.strides;
                    let to = &mut planes[first + how.pad[0] * columns + how.pad[1]..];
                    assert!(*height == 0 || (height - 1) * columns + width <= to.len());
                    // SAFETY: the image has these rows, and its plane has room for them.
                    unsafe {
                        copy(
                            Rows { at: data.element([image, c, 0, 0]), row, column },
                            Rows { at: to.as_mut_ptr(), row: columns as isize, column: 1 },
                            [*height, *width],
                        );
                    }
                    continue;
                }
                // The plane's phase of rows, and its row, for each row of the image.
                let (mut phase, mut at) = (how.pad[0] % stride_y, how.pad[0] / stride_y);
                for y in 0..*height {
                    let row = first + phase * stride_x * self.phase() + at * columns;
                    // Windows that move by more rows than they have leave some out.
                    let is_read = how.dilation[0] > 1 || phase < how.kernel[0];
                    phase += 1;
                    if phase == stride_y {
                        (phase, at) = (0, at + 1);
                    }
                    if !is_read {
                        continue;
                    }
                    let from = data.element([image, c, y, 0]);
                    if stride_x == 2 && data.strides[3] == 1 && *width > 0 {
                        // SAFETY: the row is in the image.
                        let from = unsafe { core::slice::from_raw_parts(from, *width) };
                        // Columns 0, 2, .. are in the one phase, 1, 3, .. in the other.
                        let [first, second] = [0, 1].map(
                            #[cfg_attr(not(unoptimised), inline(always))]
                            |x| row + (x + how.pad[1]) % 2 * self.phase() + (x + how.pad[1]) / 2,
                        );
                        apart(from, planes, [first, second]);
                        continue;
                    }
                    // SAFETY: the row is in the image.
                    unsafe {
                        copy(
                            Rows { at: from, row: 0, column: data.strides[3] },
                            Rows { at: line[how.pad[1]..how.pad[1] + width].as_mut_ptr(), row: 0, column: 1 },
                            [1, *width],
                        );
                    }
                    for phase in 0..stride_x {
                        let at = row + phase * self.phase();
                        every(stride_x, &line[phase..], &mut planes[at..at + columns]);
                    }
                }
            }
        }
    }

    /// Where each tap of a group's channels is read for the first window, in the order of weights.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn taps<T: Wide>(&self, convolution: &Convolution<T>, channels: usize) -> Vec<isize> {
        let how = convolution.how;
        let each = how.kernel[0] * how.kernel[1];
        let mut offsets = Vec::with_capacity(channels * each);
        for i in 0..how.kernel[0] {
            for j in 0..how.kernel[1] {
                let (y, x) = (i * how.dilation[0], j * how.dilation[1]);
                let phase = (y % how.stride[0]) * how.stride[1] + x % how.stride[1];
                let row = self.row.wrapping_mul((y / how.stride[0]) as isize);
                let within = phase * self.phase() + x / how.stride[1];
                offsets.push(row.wrapping_add(within as isize));
            }
        }
        // Those of a channel are those of the one before, further on. Of no channels there are none.
        offsets.truncate(channels * each);
        for tap in each..channels * each {
            offsets.push(offsets[tap - each].wrapping_add(self.channel));
        }
        offsets
    }
}

/// The rows from an image to the next, and the columns from a row to the next, of planes with their
/// padding. Where windows move by one, and there are no more of them than that leaves room for,
/// images and rows share the padding between them.
#[cfg_attr(not(unoptimised), inline(always))]
fn plane<T>(convolution: &Convolution<T>) -> [usize; 2] {
    let Convolution { data_lens: [_, _, height, width], how, windows: [rows, columns], .. } = convolution;
    let along = |len: usize, windows: usize, k: usize| {
        let (once, twice) = (len + how.pad[k], len + 2 * how.pad[k]);
        if how.stride[k] == 1 && windows <= once { once } else { twice.div_ceil(how.stride[k]) }
    };
    [along(*height, *rows, 0), along(*width, *columns, 1)]
}

/// How many images are written together, so that their windows run on from one to the next.
#[cfg_attr(not(unoptimised), inline(always))]
fn together<T>(convolution: &Convolution<T>) -> usize {
    let [rows, columns] = plane(convolution);
    (MOST_RUNNING / (rows * columns).max(1)).min(convolution.data_lens[0]).max(1)
}

/// How many windows run on at most, where one image has no more.
const MOST_RUNNING: usize = 1024;

/// How many windows run on, of so many images, those between rows and images among them.
#[cfg_attr(not(unoptimised), inline(always))]
fn running<T>(convolution: &Convolution<T>, images: usize) -> usize {
    let ([rows, columns], plane) = (convolution.windows, plane(convolution));
    (images - 1) * plane[0] * plane[1] + (rows - 1) * plane[1] + columns
}

/// How long a row of an image is with its padding, where planes hold some of its columns, and what
/// is read behind it.
#[cfg_attr(not(unoptimised), inline(always))]
fn line_len<T>(convolution: &Convolution<T>) -> usize {
    let stride = convolution.how.stride[1];
    if stride == 1 { 0 } else { (plane(convolution)[1] + BLOCK) * stride }
}

/// How many elements are read behind a row, where it is taken apart.
const BLOCK: usize = 8;

/// How the windows of an image are cut into vectors.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cut {
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
    fn of<T>(convolution: &Convolution<T>, len: usize) -> Self {
        let ([rows, columns], [_, width]) = (convolution.windows, plane(convolution));
        let [.., to_row, to_column] = convolution.to.strides;
        if width == columns && to_row == to_column.wrapping_mul(columns as isize) && rows * columns >= len {
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

/// A vector's worth of windows.
#[derive(Clone, Copy)]
struct Piece {
    /// How far from a tap's first element it is read.
    from: isize,
    /// The row and the column of its first window, where it is of one row.
    row: usize,
    column: usize,
}

/// What the windows of an image are cut into.
struct Pieces {
    pieces: Vec<Piece>,
    cut: Cut,
    /// How many rows and columns of windows there are.
    rows: usize,
    columns: usize,
    /// How many windows there are from a row to the next, and from an image to the next, where pieces
    /// run on.
    width: usize,
    image: usize,
    /// How many are computed for all output channels before others are: as many as read what the
    /// second-level cache holds.
    together: usize,
}

impl Pieces {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn of<T: Wide>(
        convolution: &Convolution<T>,
        layout: &Layout,
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
        let read = channels * convolution.how.stride[0] * convolution.how.stride[1] * len * size_of::<T>();
        let together = (CACHED / read.max(1)).max(LEAST_TOGETHER);
        Self { pieces, cut, rows, columns, width: columns, image: 0, together }
    }

    /// Those of so many images, which may be fewer than are written together.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn of_images(&self, images: usize, len: usize) -> &[Piece] {
        if self.cut != Cut::Running {
            return &self.pieces;
        }
        let windows = (images - 1) * self.image + (self.rows - 1) * self.width + self.columns;
        &self.pieces[..windows.div_ceil(len)]
    }
}

/// How many bytes of planes are read by pieces that are computed together.
const CACHED: usize = 256 * 1024;
/// How many pieces are computed together at least: a tile has up to 8.
const LEAST_TOGETHER: usize = 16;

/// The weights, tile by tile, and tap by tap those of the tile's output channels side by side.
#[cfg_attr(not(unoptimised), inline(always))]
fn pack_weights<S: Simd, T: Wide>(
    simd: S,
    convolution: &Convolution<T>,
    channels: usize,
    outputs: usize,
) -> Vec<T> {
    let Convolution { weight, how, .. } = convolution;
    let [rows, columns] = how.kernel;
    let taps = channels * rows * columns;
    let beside = [(rows * columns) as isize, columns as isize, 1];
    let mut packed = Vec::<T>::with_capacity(convolution.outputs * taps);
    for group in 0..how.groups {
        let mut top = 0;
        while top < outputs {
            let (height, first) = (height::<T::Vector<S>>(outputs - top), group * outputs + top);
            if weight.strides[1..] == beside {
                let from = (weight.element([first, 0, 0, 0]), weight.strides[0]);
                // SAFETY: the weight has so many taps of each of these output channels, in one piece,
                // and there is room for those that have not been packed.
                unsafe {
                    let to = packed.as_mut_ptr().add(packed.len());
                    transpose(simd, from, [height, taps], (to, height));
                    packed.set_len(packed.len() + height * taps);
                }
            } else {
                for (c, i, j) in
                    (0..taps).map(|tap| (tap / (rows * columns), tap / columns % rows, tap % columns))
                {
                    for r in 0..height {
                        // SAFETY: the weight has this tap of this output channel.
                        packed.push(unsafe { weight.element([first + r, c, i, j]).read() });
                    }
                }
            }
            top += height;
        }
    }
    packed
}

#[cfg(test)]
mod tests;
