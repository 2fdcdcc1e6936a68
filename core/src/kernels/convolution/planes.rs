//! Convolutions of `f32` and `f64` with the register tile of the matrix products: a few output
//! channels by a few SIMD vectors of windows.
//!
//! ```text
//! for each image (or several, if vectors run on from one to the next), and each group of channels:
//!     write the padded channels as planes
//!     for some vectors of windows at a time, and each tile of 12, 6, .. or 1 output channels:
//!         for each 2 to 8 vectors v:
//!             sums[r][v] = bias[r]
//!             for each tap: sums[r][v] += weights[tap][r] * vector at planes + offsets[tap] + v
//!             store the sums
//! ```
//!
//! 1. The channels of a group are written as *planes*, with their padding. If the stride is more
//!    than 1, a plane holds every `stride`-th row and column, so that neighbouring windows read
//!    neighbouring elements. If the stride is 1, the padding after a row is also the padding before
//!    the next row, and the padding below an image is also the padding above the next image. Data
//!    that needs no padding and has a stride of 1 is read where it is.
//! 2. A tap is then an offset: the windows `q, q + 1, ..` read the tap at `offset + q, offset + q +
//!    1, ..`.
//! 3. Vectors begin anew in each row of windows, and the last vector of a row may overlap the
//!    vector before it. If that would compute too much twice, vectors run on over the padding
//!    between rows, and between images. Windows that begin in the padding are computed too, and
//!    dropped when the rows are copied to the destination.

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
        /// Computes `convolution` with SIMD vectors. Returns `false` and writes nothing if
        /// `vectors` is `None`, if the planes would not fit in memory, or if there is padding and a
        /// weight is infinite or NaN, since the product of such a weight and a zero of the padding
        /// would be NaN.
        ///
        /// # Safety
        /// The promises of [`Convolution`] hold, and no axis of the destination is empty.
        pub(super) unsafe fn $name(vectors: Option<Vectors>, convolution: Convolution<$t>) -> bool {
            with_vectors!(
                vectors,
                // SAFETY: the caller keeps this function's contract, and `fits` has returned
                // `true`.
                simd => fits(&convolution) && unsafe { convolve(simd, &convolution) },
                { let _ = convolution; false }
            )
        }
    )*};
}
entries! { f32: convolve_f32; f64: convolve_f64; }

/// Whether the planes of a group, the weights and the buffers for results have sizes that memory
/// can hold, so that no computation of these sizes overflows. Although the data is in memory, its
/// planes may be too large: the data may have strides of 0, or images that consist of padding only.
fn fits<T: Wide>(convolution: &Convolution<T>) -> bool {
    let Convolution {
        data_lens: [_, channels, height, width], windows: [rows, columns], how, ..
    } = convolution;
    let padded = |len: usize, k: usize| {
        // `past` is the number of elements that may be read past the end of the axis.
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

/// The most elements of a buffer. An element has at most 64 bytes, so a buffer of this many
/// elements has at most `isize::MAX` bytes.
const MOST_ELEMENTS: usize = isize::MAX as usize / 64;

/// Computes `convolution`. Returns `false` and writes nothing if there is padding and a weight is
/// infinite or NaN, which would turn the zeros of the padding into NaN.
///
/// # Safety
/// The promises of [`Convolution`] hold, no axis of the destination is empty, and [`fits`] returned
/// `true`.
#[inline(never)]
unsafe fn convolve<S: Simd, T: Wide>(simd: S, convolution: &Convolution<T>) -> bool {
    simd.vectorize(
        #[cfg_attr(not(unoptimised), inline(always))]
        // SAFETY: the caller keeps this function's contract.
        || unsafe { by_planes::<S, T>(simd, convolution) },
    )
}

/// Does the work of [`convolve`], inlined into a function that is compiled for the SIMD level `S`.
///
/// # Safety
/// The caller keeps the contract of [`convolve`].
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
    // A vector may read past the end of the last plane, so `len` elements are added.
    let size = if layout.is_in_place {
        0
    } else {
        channels * layout.size + layout.after(convolution) + len
    };
    let mut planes = HeapBuffer::<T>::zeroed(size);
    let planes = planes.as_mut_slice();
    let mut line = vec![T::ZERO; line_len(convolution)];
    // With `Cut::Running`, a buffer for one line of windows for each output channel of a tile.
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
                // SAFETY: the caller promises that the convolution's data is in memory. `data`
                // begins at image `image` and at the first channel of the group, so it reaches
                // `images` images with `channels` channels.
                unsafe { layout.fill(convolution, data, [images, channels], &mut line, planes) };
                planes.as_ptr()
            };
            if is_depthwise {
                let [_, _, row, column] = convolution.to.strides;
                let to = Rows { at: convolution.to.element([image, group, 0, 0]), row, column };
                let plane = Rows { at: planes, row: layout.row, column: 1 };
                // SAFETY: a group of a depthwise convolution has one output channel, so channel
                // `group` exists.
                let bias = unsafe { convolution.bias(group) }.unwrap_or(T::ZERO);
                let weights = packed[group * 9..][..9].as_ptr();
                // SAFETY: `weights` has 9 elements. `is_depthwise` requires `Cut::Rows`, so `plane`
                // reaches one image with its padding, each row is contiguous, and a row has at
                // least a vector of windows. `is_depthwise` also requires that the results of a row
                // are contiguous. The caller promises that `to` reaches all results exclusively.
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
                            // Each guard is a `const` block, so rustc does not compile `rows` for
                            // tiles with more output channels than the tallest tile.
                            match height {
                                $(
                                    // SAFETY: the caller keeps this function's contract. The packed
                                    // weights of channel `first` begin at `taps.weights`, `some`
                                    // are pieces of the `images` images from `image` on, and there
                                    // are `$rows` output channels from `first` on.
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

/// Whether no number is infinite or NaN. If `x` is infinite or NaN, `x - x` is NaN and not 0.
#[cfg_attr(not(unoptimised), inline(always))]
fn are_finite<T: Wide>(numbers: &[T]) -> bool {
    numbers.iter().fold(
        true,
        #[cfg_attr(not(unoptimised), inline(always))]
        |are, &x| are & (x.minus(x) == T::ZERO),
    )
}

/// The operands of a tile. For each tap: the weights of the tile's output channels, and the offset
/// in `planes` at which elements are read.
#[derive(Clone, Copy)]
struct Taps<'p, T> {
    weights: *const T,
    offsets: &'p [isize],
    planes: *const T,
}

/// The most output channels of a tile.
const MOST_ROWS: usize = 12;

/// Writes the results of the windows in the pieces `some`, for `ROWS` output channels. The first of
/// these channels is channel `first`, whose results begin at `to`.
///
/// # Safety
/// The promises of [`Convolution`] hold, and the contract of [`sums`] holds for `taps` and all
/// pieces in `some`, which are pieces of `images` images. There are `ROWS` output channels from
/// `first` on, and `to` points to the first result of channel `first` in the first of the images.
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
        // SAFETY: the caller keeps the promises of `Convolution`, and promises `ROWS` output
        // channels from `first` on.
        |r| unsafe { convolution.bias(first + r) }.unwrap_or(T::ZERO),
    );
    let to = Images { at: to, strides: convolution.to.strides };
    let line = lines.len() / MOST_ROWS;
    for (t, tile) in some.chunks(VECTORS).enumerate() {
        // If fewer than `VECTORS` pieces are left, the other vectors repeat the last piece. Its
        // results are written once.
        let columns: [isize; VECTORS] = each(
            #[cfg_attr(not(unoptimised), inline(always))]
            |v| tile[v.min(tile.len() - 1)].from,
        );
        // SAFETY: the caller keeps the contract of `sums` for all pieces in `some`.
        let sums = unsafe { sums::<S, T::Vector<S>, ROWS, VECTORS>(simd, taps, columns, bias) };
        for (r, row) in sums.iter().enumerate() {
            for (v, (&piece, &sum)) in tile.iter().zip(row).enumerate() {
                if pieces.cut == Cut::Running {
                    let from = r * line + (t * VECTORS + v) * len;
                    let room = &mut lines[from..from + len];
                    // SAFETY: `room` has `len` elements, as many as a vector.
                    unsafe { sum.store(room.as_mut_ptr()) };
                } else if to.strides[3] == 1 {
                    // SAFETY: `Convolution` promises memory for all results. The results of the
                    // piece's `len` windows are in one row, and a column stride of 1 makes them
                    // contiguous.
                    unsafe { sum.store(to.element([0, r, piece.row, piece.column])) };
                } else {
                    let mut room = [T::ZERO; LONGEST];
                    // SAFETY: `room` has `LONGEST` elements, and no vector has more.
                    unsafe { sum.store(room.as_mut_ptr()) };
                    // SAFETY: `room` has at least `len` elements. `Convolution` promises memory for
                    // all results, and those of the piece's `len` windows are in one row.
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
                // SAFETY: `windows` has the results of `pieces.rows` rows of windows, as asserted.
                // `Convolution` promises memory for as many rows of results of each output channel
                // and image.
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

/// The most elements of a SIMD vector: 16 `f32` in 512 bits.
const LONGEST: usize = 16;

/// For each of `ROWS` output channels and each entry of `columns`: the sums over the taps, plus the
/// bias, for the vector of windows that begins at that entry.
///
/// # Safety
/// `taps.weights` has `ROWS` weights for each of `taps.offsets`. In `taps.planes` there is a vector
/// of elements at `offset + column`, for each offset and each entry `column` of `columns`.
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
            // SAFETY: the caller promises a vector of elements at `offset + columns[v]`.
            |v| unsafe { V::load(simd, row.wrapping_offset(columns[v])) },
        );
        for (r, sums) in sums.iter_mut().enumerate() {
            // SAFETY: the caller promises `ROWS` weights for each offset, and `r` is less than
            // `ROWS`.
            let weight = V::splat(simd, unsafe { weights.wrapping_add(r).read() });
            for (sum, &vector) in sums.iter_mut().zip(&vectors) {
                *sum = weight.times_plus(vector, *sum);
            }
        }
        weights = weights.wrapping_add(ROWS);
    }
    sums
}

/// The weights in the order in which tiles read them. A tile has first its output channels' weights
/// for tap 0, next to each other, then those for tap 1, and so on.
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
                // SAFETY: `Convolution` promises the weights of the `height` output channels from
                // `first` on. By the strides `beside`, the `taps` weights of a channel are
                // contiguous. `packed` has capacity for all weights.
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
                        // SAFETY: `Convolution` promises a weight at each index. `c`, `i` and `j`
                        // are the indices of a tap, and `first + r` is an output channel.
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
