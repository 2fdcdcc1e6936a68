//! Convolutions of `f32` and `f64` with the register tile of matrix products: a few output channels
//! by a few vectors of windows.
//!
//! ```text
//! for each image, or for several images that run on, and each group of channels:
//!     write the padded channels as planes
//!     for some vectors of windows at a time, and each tile of 12, 6, .. or 1 output channels:
//!         for each 2 to 8 vectors v:
//!             sums[r][v] = bias[r]
//!             for each tap: sums[r][v] += weights[tap][r] * vector at planes + offsets[tap] + v
//!             store the sums
//! ```
//!
//! 1. The channels of a group are written as *planes*, with their padding. If windows move by more
//!    than one, a plane holds every `stride`-th row and column, so that neighbouring windows read
//!    neighbouring elements. If they move by one, the padding after a row is also that before the
//!    next, and the padding below an image that above the next. Data that needs none of this, as
//!    without padding and with a stride of 1, is read where it is.
//! 2. A tap is then an offset: for the windows `q, q + 1, ..` it is read at `offset + q, offset + q
//!    + 1, ..`.
//! 3. Vectors begin anew in each row of windows, and the last of a row may overlap the one before.
//!    If that would compute too much twice, vectors run on over the padding between rows, and
//!    between images. Windows in the padding are computed, and dropped when the rows are copied to
//!    the destination.

use alloc::vec;
use alloc::vec::Vec;

use super::Convolution;
use super::cut::Cut;
use super::depthwise::windows;
use super::layout::{BLOCK, PlaneLayout, line_len};
use super::pieces::{Piece, Pieces};
use super::rows::{Rows, copy};
use crate::kernels::images::Images;
use crate::kernels::matmul::{Wide, height, tallest, transpose};
use crate::kernels::reduce::tree::each;
use crate::run::simd::{Simd, Vector, Vectors, with_vectors};
use crate::storage::HeapBuffer;

macro_rules! entries {
    ($($t:ty: $name:ident;)*) => {$(
        /// Computes `convolution` by vectors, or returns `false` and writes nothing: if there are
        /// no vectors, if planes exceed what memory can hold, or if there is padding and a weight
        /// is infinite or NaN, since its product with a zero of the padding would be NaN.
        ///
        /// # Safety
        /// As [`Convolution`] says, and no axis of the destination is empty.
        pub(super) unsafe fn $name(vectors: Option<Vectors>, convolution: Convolution<$t>) -> bool {
            with_vectors!(
                vectors,
                // SAFETY: the caller's promise; `fits` is checked first.
                simd => fits(&convolution) && unsafe { convolve(simd, &convolution) },
                { let _ = convolution; false }
            )
        }
    )*};
}
entries! { f32: convolve_f32; f64: convolve_f64; }

/// Whether the planes of a group, its taps and the lines of a tile fit in memory, so that none of
/// their sizes overflows. The data can be larger than memory, if it repeats by strides of 0, or if
/// it consists of padding only.
fn fits<T: Wide>(convolution: &Convolution<T>) -> bool {
    let Convolution {
        data_lens: [_, channels, height, width], windows: [rows, columns], how, ..
    } = convolution;
    let padded = |len: usize, k: usize| {
        // With room for what may be read after a line.
        let past = BLOCK.checked_add(1)?.checked_mul(how.stride[k])?;
        len.checked_add(how.pad[k].checked_mul(2)?)?.checked_add(past)
    };
    let product = |numbers: [usize; 4]| {
        let elements = numbers
            .into_iter()
            .try_fold(1usize, |product, number| product.checked_mul(number.max(1)));
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

/// The most elements that may be counted: memory holds no more, and none takes more than 64 bytes.
const MOST_ELEMENTS: usize = isize::MAX as usize / 64;

/// Computes `convolution`. Returns `false` and writes nothing if a weight is not finite and there
/// is padding, which it would turn into NaN.
///
/// # Safety
/// As [`Convolution`] says, no axis of the destination is empty, and it [`fits`].
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
    let layout = PlaneLayout::of(convolution, cut);
    let groups = convolution.how.groups;
    let (channels, outputs) = (convolution.data_lens[1] / groups, convolution.outputs / groups);
    let offsets = layout.taps(convolution, channels);
    let pieces = Pieces::of(convolution, &layout, cut, channels, len);
    let packed = pack_weights(simd, convolution, channels, outputs);
    if convolution.how.pad != [0, 0] && !are_finite(&packed) {
        return false;
    }
    let is_depthwise = (channels, outputs, convolution.how.kernel) == (1, 1, [3, 3])
        && (convolution.how.stride, convolution.how.dilation) == ([1, 1], [1, 1])
        && (cut, convolution.to.strides[3]) == (Cut::Rows, 1);
    // A vector may reach past the end of the last plane.
    let size = if layout.is_in_place {
        0
    } else {
        channels * layout.size + layout.after(convolution) + len
    };
    let mut planes = HeapBuffer::<T>::zeroed(size);
    let planes = planes.as_mut_slice();
    let mut line = vec![T::ZERO; line_len(convolution)];
    // If windows run on over rows, a line of windows for each output channel of a tile.
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
                // SAFETY: there are this many images, which have this many channels from there on.
                unsafe { layout.fill(convolution, data, [images, channels], &mut line, planes) };
                planes.as_ptr()
            };
            if is_depthwise {
                let [_, _, row, column] = convolution.to.strides;
                let to = Rows { at: convolution.to.element([image, group, 0, 0]), row, column };
                let plane = Rows { at: planes, row: layout.row, column: 1 };
                // SAFETY: the group is one output channel.
                let bias = unsafe { convolution.bias(group) }.unwrap_or(T::ZERO);
                let weights = packed[group * 9..][..9].as_ptr();
                // SAFETY: there are 9 weights. If windows are cut by rows, a plane is that of one
                // image, with its padding, and a row has at least one vector of windows.
                unsafe {
                    windows::<S, T, 3>(simd, plane, (weights, bias), to, convolution.windows)
                };
                continue;
            }
            for some in here.chunks(pieces.together) {
                let mut top = 0;
                while top < outputs {
                    let height = height::<T::Vector<S>>(outputs - top);
                    let first = group * outputs + top;
                    let taps = Taps {
                        weights: packed[first * offsets.len()..].as_ptr(),
                        offsets: &offsets,
                        planes,
                    };
                    let to = convolution.to.element([image, first, 0, 0]);
                    macro_rules! tiles {
                        ($($rows:literal by $vectors:literal)*) => {
                            // The conditions are constants to rustc itself, so that tiles of a
                            // height that does not occur are not compiled.
                            match height {
                                $(
                                    // SAFETY: the weights of the tile's output channels are packed
                                    // there, the pieces are those of these images, and the
                                    // destination has these images and channels.
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

/// Whether no number is infinite or NaN. Only such a number minus itself is not 0.
#[cfg_attr(not(unoptimised), inline(always))]
fn are_finite<T: Wide>(numbers: &[T]) -> bool {
    numbers.iter().fold(
        true,
        #[cfg_attr(not(unoptimised), inline(always))]
        |are, &x| are & (x.minus(x) == T::ZERO),
    )
}

/// The sums that a tile computes: for each tap, the weights of the tile's output channels and the
/// offset at which elements are read.
#[derive(Clone, Copy)]
struct Taps<'p, T> {
    weights: *const T,
    offsets: &'p [isize],
    planes: *const T,
}

/// The most output channels of a tile.
const MOST_ROWS: usize = 12;

/// Writes the windows of the pieces `some` for the `ROWS` output channels from channel `first` on,
/// which begin at `to`.
///
/// # Safety
/// The taps are as [`sums`] requires for all these pieces, and the destination has these channels.
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
        // If fewer pieces than vectors are left, the last is computed repeatedly and written once.
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
                    // SAFETY: the windows of the piece are adjacent in one row of the destination.
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
                // SAFETY: the line has these rows of windows, and output channel `r` of the image
                // has them in the destination.
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

/// For `ROWS` output channels, the sums over the taps, plus the bias, of the windows from each of
/// `columns` on.
///
/// # Safety
/// There are `ROWS` weights for each offset. From each column on, the planes have a vector of
/// elements at each offset.
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

/// The weights packed tile by tile. In a tile, the weights of its output channels for one tap are
/// adjacent, tap after tap.
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
                // SAFETY: each of these output channels has this many contiguous taps, and there is
                // room for all weights that have not been packed yet.
                unsafe {
                    let to = packed.as_mut_ptr().add(packed.len());
                    transpose(simd, from, [height, taps], (to, height));
                    packed.set_len(packed.len() + height * taps);
                }
            } else {
                for (c, i, j) in (0..taps)
                    .map(|tap| (tap / (rows * columns), tap / columns % rows, tap % columns))
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
