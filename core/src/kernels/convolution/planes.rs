//! Convolutions of `f32` and `f64` by the register tile of products: a few output channels by a few
//! vectors of windows.
//!
//! 1. The channels of a group are written as *planes*, with their padding: where windows move by
//!    more than one, a plane holds every `stride`-th row and column, so that windows which follow
//!    each other read elements which follow each other. What needs none of that is read where it is.
//! 2. Then a tap is an offset: it is read for windows `q, q + 1, ..` at `offset, offset + 1, ..`.
//!    A tile adds up, tap by tap, a few output channels' weights times a few vectors.
//! 3. Where rows of windows are as long as a vector, vectors begin in a row, and the last of a row
//!    may overlap the one before. Else they run on over the padding between rows, and what is
//!    computed of that is dropped.

use alloc::vec;
use alloc::vec::Vec;

use super::{Convolution, Images};
use crate::element::Element;
use crate::kernels::matmul::{Wide, height, tallest};
use crate::kernels::reduce::tree::each;
use crate::run::simd::{Simd, Vector, Vectors, with_vectors};

macro_rules! entries {
    ($($t:ty: $name:ident;)*) => {$(
        /// Computes `convolution` by vectors, or gives `false` where there are none.
        ///
        /// # Safety
        /// As [`Convolution`] says, and nothing of the destination is empty.
        pub(super) unsafe fn $name(vectors: Option<Vectors>, convolution: Convolution<$t>) -> bool {
            with_vectors!(
                vectors,
                simd => {
                    // SAFETY: the caller's promise.
                    unsafe { convolve(simd, &convolution) };
                    true
                },
                { let _ = convolution; false }
            )
        }
    )*};
}
entries! { f32: convolve_f32; f64: convolve_f64; }

/// # Safety
/// As [`Convolution`] says, and nothing of the destination is empty.
#[inline(never)]
unsafe fn convolve<S: Simd, T: Wide>(simd: S, convolution: &Convolution<T>) {
    simd.vectorize(
        #[cfg_attr(not(unoptimised), inline(always))]
        // SAFETY: the caller's promise.
        || unsafe { by_planes::<S, T>(simd, convolution) },
    );
}

/// # Safety
/// As [`Convolution`] says, and nothing of the destination is empty.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn by_planes<S: Simd, T: Wide>(simd: S, convolution: &Convolution<T>) {
    let len = const { <T::Vector<S> as Vector<S>>::LEN };
    let layout = Layout::of(convolution, len);
    let groups = convolution.how.groups;
    let (channels, outputs) = (convolution.data_lens[1] / groups, convolution.outputs / groups);
    let offsets = layout.taps(convolution, channels);
    let pieces = Pieces::of(convolution, &layout, channels, len);
    let packed = pack_weights::<S, T>(convolution, channels, outputs);
    // A vector may reach past the last plane.
    let size = if layout.is_in_place { 0 } else { channels * layout.size + len };
    let mut planes = vec![T::ZERO; size];
    for image in 0..convolution.data_lens[0] {
        for group in 0..groups {
            let data = Images {
                at: convolution.data.element([image, group * channels, 0, 0]),
                strides: convolution.data.strides,
            };
            let planes = if layout.is_in_place {
                data.at
            } else {
                // SAFETY: the image has so many channels from there on.
                unsafe { layout.fill(convolution, data, channels, &mut planes) };
                planes.as_ptr()
            };
            for some in pieces.pieces.chunks(pieces.together) {
                let mut top = 0;
                while top < outputs {
                    let height = height::<T::Vector<S>>(outputs - top);
                    let first = group * outputs + top;
                    let taps = Taps { weights: packed[first * offsets.len()..].as_ptr(), offsets: &offsets, planes };
                    let to = convolution.to.element([image, first, 0, 0]);
                    macro_rules! tiles {
                        ($($rows:literal by $vectors:literal)*) => {
                            // Conditions that are constants to rustc itself, so that heights that there are not are not compiled.
                            match height {
                                $(
                                    // SAFETY: the weights of the tile's output channels are packed there,
                                    // the pieces are of the image, and the destination has these channels.
                                    $rows if const { $rows <= tallest::<T::Vector<S>>() } => unsafe {
                                        rows::<S, T, $rows, $vectors>(simd, convolution, &pieces, some, taps, first, to)
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
}

/// What a tile adds up: tap by tap, the weights of its output channels, and where elements are read.
#[derive(Clone, Copy)]
struct Taps<'p, T> {
    weights: *const T,
    offsets: &'p [isize],
    planes: *const T,
}

/// Writes the windows of `some` pieces, of `ROWS` output channels from channel `first` on, which
/// begin at `to`.
///
/// # Safety
/// As [`sums`] says of the taps for all pieces, and the destination has these channels.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn rows<S: Simd, T: Wide, const ROWS: usize, const VECTORS: usize>(
    simd: S,
    convolution: &Convolution<T>,
    pieces: &Pieces,
    some: &[Piece],
    taps: Taps<'_, T>,
    first: usize,
    to: *mut T,
) {
    let bias: [T; ROWS] = each(
        #[cfg_attr(not(unoptimised), inline(always))]
        // SAFETY: there are these output channels.
        |r| unsafe { convolution.bias(first + r) }.unwrap_or(T::ZERO),
    );
    let to = Images { at: to, strides: convolution.to.strides };
    for tile in some.chunks(VECTORS) {
        // Where there are fewer pieces than vectors the last is computed again, and not written.
        let columns: [isize; VECTORS] = each(
            #[cfg_attr(not(unoptimised), inline(always))]
            |v| tile[v.min(tile.len() - 1)].from,
        );
        // SAFETY: the caller's promise.
        let sums = unsafe { sums::<S, T::Vector<S>, ROWS, VECTORS>(simd, taps, columns, bias) };
        for (r, row) in sums.iter().enumerate() {
            for (&piece, &sum) in tile.iter().zip(row) {
                if pieces.are_whole && to.strides[3] == 1 {
                    // SAFETY: the windows of the piece are in one row of the destination, side by side.
                    unsafe { sum.store(to.element([0, r, piece.row, piece.column])) };
                } else {
                    // SAFETY: output channel `r` is in the destination.
                    unsafe { write_apart::<S, T>(pieces, piece, sum, Images { at: to.element([0, r, 0, 0]), ..to }) };
                }
            }
        }
    }
}

/// Writes the windows of a piece one by one, but for those that are between rows.
///
/// # Safety
/// `to` is the first window of an output channel of the destination.
#[inline(never)]
unsafe fn write_apart<S: Simd, T: Wide>(pieces: &Pieces, piece: Piece, sum: T::Vector<S>, to: Images<*mut T>) {
    let mut elements = [T::ZERO; LONGEST];
    // SAFETY: no vector has more elements.
    unsafe { sum.store(elements.as_mut_ptr()) };
    let (mut row, mut column) = (piece.row, piece.column);
    for &element in &elements[..const { <T::Vector<S> as Vector<S>>::LEN }] {
        if row < pieces.rows && column < pieces.columns {
            // SAFETY: the row and the column are of the destination.
            unsafe { to.element([0, 0, row, column]).write(element) };
        }
        column += 1;
        if column == pieces.width {
            (row, column) = (row + 1, 0);
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

/// How the planes of a group lie in memory.
struct Layout {
    /// Whether they are the data as it is.
    is_in_place: bool,
    /// The elements from a channel's planes to the next channel's.
    channel: isize,
    /// The elements from a row of a plane to the next.
    row: isize,
    /// The lengths of a plane, where it is written.
    plane: [usize; 2],
    /// The elements of the planes of one channel, where they are written.
    size: usize,
}

impl Layout {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn of<T: Wide>(convolution: &Convolution<T>, len: usize) -> Self {
        let Convolution { data, data_lens, how, windows, .. } = convolution;
        let [_, channel, row, column] = data.strides;
        let padded = [data_lens[2] + 2 * how.pad[0], data_lens[3] + 2 * how.pad[1]];
        let plane = [padded[0].div_ceil(how.stride[0]), padded[1].div_ceil(how.stride[1])];
        let is_in_place = how.pad == [0, 0] && how.stride == [1, 1] && column == 1 && windows[1] >= len;
        if is_in_place {
            return Self { is_in_place, channel, row, plane, size: 0 };
        }
        let size = how.stride[0] * how.stride[1] * plane[0] * plane[1];
        Self { is_in_place, channel: size as isize, row: plane[1] as isize, plane, size }
    }

    /// Which rows or columns of an image a plane holds, and where in it they begin, along one axis:
    /// every `stride`-th from `phase` on of the padded ones.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn held(phase: usize, stride: usize, pad: usize, len: usize) -> (usize, usize, usize) {
        // The first place whose element is not padding before the image, and how many follow.
        let first = pad.saturating_sub(phase).div_ceil(stride);
        let at = (first * stride + phase) - pad;
        (first, at, len.saturating_sub(at).div_ceil(stride))
    }

    /// Writes the planes of `channels` channels of `data`; what is padding stays as it is.
    ///
    /// # Safety
    /// `data` reaches so many channels of an image of the convolution.
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn fill<T: Wide>(
        &self,
        convolution: &Convolution<T>,
        data: Images<*const T>,
        channels: usize,
        planes: &mut [T],
    ) {
        let Convolution { data_lens: [_, _, height, width], how, .. } = convolution;
        let [rows, columns] = self.plane;
        for c in 0..channels {
            for phase_y in 0..how.stride[0] {
                let (top, first_y, held_rows) = Self::held(phase_y, how.stride[0], how.pad[0], *height);
                for phase_x in 0..how.stride[1] {
                    let (left, first_x, held) = Self::held(phase_x, how.stride[1], how.pad[1], *width);
                    let plane = (phase_y * how.stride[1] + phase_x) * rows * columns + c * self.size;
                    for k in 0..held_rows {
                        let from = plane + (top + k) * columns + left;
                        let to = &mut planes[from..from + held];
                        let at = data.element([0, c, first_y + k * how.stride[0], first_x]);
                        let stride = data.strides[3].wrapping_mul(how.stride[1] as isize);
                        // SAFETY: so many elements of the row are in the image.
                        unsafe { copy(at, stride, to) };
                    }
                }
            }
        }
    }

    /// Where each tap of a group's channels is read for the first window, in the order of weights.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn taps<T: Wide>(&self, convolution: &Convolution<T>, channels: usize) -> Vec<isize> {
        let how = convolution.how;
        let mut offsets = Vec::with_capacity(channels * how.kernel[0] * how.kernel[1]);
        for c in 0..channels {
            for i in 0..how.kernel[0] {
                for j in 0..how.kernel[1] {
                    let (y, x) = (i * how.dilation[0], j * how.dilation[1]);
                    let phase = (y % how.stride[0]) * how.stride[1] + x % how.stride[1];
                    let plane = phase * self.plane[0] * self.plane[1];
                    let row = self.row.wrapping_mul((y / how.stride[0]) as isize);
                    let channel = self.channel.wrapping_mul(c as isize);
                    let within = (plane + x / how.stride[1]) as isize;
                    offsets.push(channel.wrapping_add(row).wrapping_add(within));
                }
            }
        }
        offsets
    }
}

/// Copies as many elements as `to` holds, which are `stride` apart.
///
/// # Safety
/// They are there.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn copy<T: Wide>(from: *const T, stride: isize, to: &mut [T]) {
    if stride == 1 {
        // SAFETY: the caller's promise.
        return to.copy_from_slice(unsafe { core::slice::from_raw_parts(from, to.len()) });
    }
    for (k, slot) in to.iter_mut().enumerate() {
        // SAFETY: the caller's promise.
        *slot = unsafe { from.wrapping_offset(stride.wrapping_mul(k as isize)).read() };
    }
}

/// A vector's worth of windows.
#[derive(Clone, Copy)]
struct Piece {
    /// How far from a tap's first element it is read.
    from: isize,
    /// The row and the column of its first window.
    row: usize,
    column: usize,
}

/// What the windows of an image are cut into.
struct Pieces {
    pieces: Vec<Piece>,
    /// Whether every piece is of windows of one row alone.
    are_whole: bool,
    /// How many rows and columns of windows there are.
    rows: usize,
    columns: usize,
    /// How many columns there are from a row to the next, where pieces run on over rows.
    width: usize,
    /// How many are computed for all output channels before others are: as many as read what the
    /// second-level cache holds.
    together: usize,
}

impl Pieces {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn of<T: Wide>(convolution: &Convolution<T>, layout: &Layout, channels: usize, len: usize) -> Self {
        let [mut rows, mut columns] = convolution.windows;
        let [.., to_row, to_column] = convolution.to.strides;
        // Rows with nothing between them, neither where they are read nor where they are written,
        // are one.
        if layout.row == columns as isize && to_row == to_column.wrapping_mul(columns as isize) {
            (rows, columns) = (1, rows * columns);
        }
        let read = channels * convolution.how.stride[0] * convolution.how.stride[1] * len * size_of::<T>();
        let together = (CACHED / read.max(1)).max(LEAST_TOGETHER);
        let mut pieces = Vec::new();
        if columns >= len {
            for row in 0..rows {
                for column in (0..columns).step_by(len) {
                    let column = column.min(columns - len);
                    let from = layout.row.wrapping_mul(row as isize).wrapping_add(column as isize);
                    pieces.push(Piece { from, row, column });
                }
            }
            return Self { pieces, are_whole: true, rows, columns, width: columns, together };
        }
        let width = layout.plane[1];
        for from in (0..(rows - 1) * width + columns).step_by(len) {
            pieces.push(Piece { from: from as isize, row: from / width, column: from % width });
        }
        Self { pieces, are_whole: false, rows, columns, width, together }
    }
}

/// How many bytes of planes are read by pieces that are computed together.
const CACHED: usize = 256 * 1024;
/// How many pieces are computed together at least: a tile has up to 8.
const LEAST_TOGETHER: usize = 16;

/// The weights, tile by tile, and tap by tap those of the tile's output channels side by side.
#[cfg_attr(not(unoptimised), inline(always))]
fn pack_weights<S: Simd, T: Wide>(convolution: &Convolution<T>, channels: usize, outputs: usize) -> Vec<T> {
    let Convolution { weight, how, .. } = convolution;
    let [rows, columns] = how.kernel;
    let mut packed = Vec::with_capacity(convolution.outputs * channels * rows * columns);
    for group in 0..how.groups {
        let mut top = 0;
        while top < outputs {
            let height = height::<T::Vector<S>>(outputs - top);
            for c in 0..channels {
                for i in 0..rows {
                    for j in 0..columns {
                        for r in 0..height {
                            let at = weight.element([group * outputs + top + r, c, i, j]);
                            // SAFETY: the weight has this tap of this output channel.
                            packed.push(unsafe { at.read() });
                        }
                    }
                }
            }
            top += height;
        }
    }
    packed
}
