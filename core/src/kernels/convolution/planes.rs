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
    let Convolution {
        data_lens: [_, channels, height, width], windows: [rows, columns], how, ..
    } = convolution;
    let padded = |len: usize, k: usize| {
        // With room for what is read behind a line.
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
    // A vector may reach past the last plane.
    let size = if layout.is_in_place {
        0
    } else {
        channels * layout.size + layout.behind(convolution) + len
    };
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
            if is_depthwise {
                let [_, _, row, column] = convolution.to.strides;
                let to = Rows { at: convolution.to.element([image, group, 0, 0]), row, column };
                let plane = Rows { at: planes, row: layout.row, column: 1 };
                // SAFETY: the group is an output channel.
                let bias = unsafe { convolution.bias(group) }.unwrap_or(T::ZERO);
                let weights = packed[group * 9..][..9].as_ptr();
                // SAFETY: there are as many weights; where windows are cut by rows a plane is of one
                // image, with its padding, and a row of windows is a vector at least.
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
