//! How the planes of a convolution (padded copies of channels) lie in memory, and how the channels
//! of images are copied to them.
//!
//! If the stride is more than 1, each channel has several planes, as many as the stride along rows
//! times the stride along columns. The plane of phase `(i, j)` holds the rows `i, i + stride, ..`
//! and the columns `j, j + stride, ..` of the padded image, so that neighbouring windows read
//! neighbouring elements.

use alloc::vec::Vec;

use super::Convolution;
use super::cut::{Cut, plane, together};
use super::rows::{Rows, apart, copy, every};
use crate::kernels::images::Images;
use crate::kernels::matmul::Wide;

/// How the planes of a group of channels lie in memory. They are ordered by channel, then by phase
/// (the row and the column modulo the stride), then by image.
pub(super) struct PlaneLayout {
    /// Whether the data itself serves as planes, without a copy.
    pub(super) is_in_place: bool,
    /// The number of images whose planes are adjacent in memory.
    pub(super) images: usize,
    /// The distance in elements from the planes of a channel to those of the next channel.
    pub(super) channel: isize,
    /// The distance in elements from a row of a plane to the next row.
    pub(super) row: isize,
    /// If planes are written: the number of rows per image, and of columns per row.
    pub(super) plane: [usize; 2],
    /// If planes are written: the number of elements of the planes of one channel.
    pub(super) size: usize,
}

impl PlaneLayout {
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(super) fn of<T: Wide>(convolution: &Convolution<T>, cut: Cut) -> Self {
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

    /// The number of elements of padding after the last element of the last image: the padding at
    /// the end of the image's last row, and the rows of padding below that row. A plane that shares
    /// this padding with the next plane has no room of its own for the padding, so the buffer for
    /// the planes has room for it at the buffer's end.
    pub(super) fn after<T>(&self, convolution: &Convolution<T>) -> usize {
        convolution.how.pad[0] * self.plane[1] + convolution.how.pad[1]
    }

    /// The distance in elements from a channel's planes of one phase (the row and the column modulo
    /// the stride) to those of the next phase.
    pub(super) fn phase(&self) -> usize {
        self.images * self.plane[0] * self.plane[1]
    }

    /// Copies `channels` channels of `images` images of `data` to their planes. The padding is not
    /// written and keeps its zeros. `line` has the length [`line_len`], and zeros where the padding
    /// is.
    ///
    /// # Safety
    /// `data` reaches `images` images with `channels` channels, of the rows and columns of
    /// `convolution`.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(super) unsafe fn fill<T: Wide>(
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
                    // SAFETY: the channel has `height` rows of `width` columns, and `to` has room
                    // for them, as asserted.
                    unsafe {
                        copy(
                            Rows { at: data.element([image, c, 0, 0]), row, column },
                            Rows { at: to.as_mut_ptr(), row: columns as isize, column: 1 },
                            [*height, *width],
                        );
                    }
                    continue;
                }
                if stride_x == 2 && data.strides[3] == 1 {
                    // SAFETY: `data` reaches channel `c` of image `image`, and its elements in a
                    // row are contiguous.
                    unsafe {
                        self.fill_apart(
                            convolution,
                            data.element([image, c, 0, 0]),
                            &mut planes[first..],
                        )
                    };
                    continue;
                }
                // Row `y` of the image is row `at` of a plane whose phase along rows is `phase`.
                let (mut phase, mut at) = (how.pad[0] % stride_y, how.pad[0] / stride_y);
                for y in 0..*height {
                    let row = first + phase * stride_x * self.phase() + at * columns;
                    phase += 1;
                    if phase == stride_y {
                        (phase, at) = (0, at + 1);
                    }
                    let from = data.element([image, c, y, 0]);
                    // SAFETY: row `y` is in the image and has `width` elements, as many as the
                    // slice of `line`.
                    unsafe {
                        copy(
                            Rows { at: from, row: 0, column: data.strides[3] },
                            Rows {
                                at: line[how.pad[1]..how.pad[1] + width].as_mut_ptr(),
                                row: 0,
                                column: 1,
                            },
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

    /// Writes the planes of one channel of one image, for windows with a stride of 2 along columns.
    /// The elements of the channel begin at `from`. Even columns of the padded image go to one
    /// plane, and odd columns to another.
    ///
    /// # Safety
    /// `from` reaches all rows of a channel of an image of `convolution`, and the elements of each
    /// row are contiguous.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(super) unsafe fn fill_apart<T: Wide>(
        &self,
        convolution: &Convolution<T>,
        from: *const T,
        planes: &mut [T],
    ) {
        let Convolution { data, data_lens: [_, _, height, width], how, .. } = convolution;
        let ([_, columns], [stride, _]) = (self.plane, how.stride);
        for y in 0..stride.min(*height) {
            let padded = y + how.pad[0];
            // With a dilation of 1, windows read no rows of phase `how.kernel[0]` or more, so such
            // rows are not copied.
            if how.dilation[0] == 1 && padded % stride >= how.kernel[0] {
                continue;
            }
            let rows = (height - y).div_ceil(stride);
            let first = padded % stride * 2 * self.phase() + padded / stride * columns;
            // Both planes are written by turns, so their pointers come from one borrow.
            let (base, room) = (planes.as_mut_ptr(), planes.len());
            let to = [0, 1].map(
                #[cfg_attr(not(unoptimised), inline(always))]
                |x| {
                    let padded = x + how.pad[1];
                    let start = first + padded % 2 * self.phase() + padded / 2;
                    assert!(start + (rows - 1) * columns + (width + 1 - x) / 2 <= room);
                    Rows { at: base.wrapping_add(start), row: columns as isize, column: 1 }
                },
            );
            let row = data.strides[2];
            let from = Rows {
                at: from.wrapping_offset(row.wrapping_mul(y as isize)),
                row: row.wrapping_mul(stride as isize),
                column: 1,
            };
            // SAFETY: the caller promises that all rows of the channel are in memory, each of them
            // contiguous. `from` reaches the `rows` rows `y`, `y + stride` and so on of them. The
            // plane for even columns and the plane for odd columns have room, as asserted.
            unsafe { apart(from, to, [rows, *width]) };
        }
    }

    /// For each tap of a group, in the order of the weights: the offset in the planes at which the
    /// first window reads an element for the tap.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(super) fn taps<T: Wide>(
        &self,
        convolution: &Convolution<T>,
        channels: usize,
    ) -> Vec<isize> {
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
        // The offsets of each further channel are those of the channel before it, plus
        // `self.channel`. If there are no channels, the offsets are removed.
        offsets.truncate(channels * each);
        for tap in each..channels * each {
            offsets.push(offsets[tap - each].wrapping_add(self.channel));
        }
        offsets
    }
}

/// The length of `line`, the buffer for a padded row whose columns are then distributed to planes.
/// It is 0 if the stride along columns is 1, since rows are then copied directly.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn line_len<T>(convolution: &Convolution<T>) -> usize {
    let stride = convolution.how.stride[1];
    if stride == 1 { 0 } else { (plane(convolution)[1] + BLOCK) * stride }
}

/// For how many more columns of a plane the buffer `line` has room after a padded row. The columns
/// are copied in blocks, and a block may end after the row.
pub(super) const BLOCK: usize = 8;
