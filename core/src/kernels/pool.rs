//! Pooling of images: folds each window to one element, such as its maximum.
//!
//! ```text
//! for each row of windows, in groups of neighbouring windows that span at most 256 columns:
//!     line[x] = fold of the elements of column x, over the rows of the windows
//!               (only those in the image; the identity in the padding)
//!     for each column j of a window:
//!         folded[k] = both(folded[k], line[j + k * stride]) for each window k of the group
//!     write finish(folded[k])
//! ```
//!
//! So within a group an element is folded once along its column, however much the windows overlap.
//! The order is the same at every level. There are two other kernels with the same order: `tiled`
//! for windows of 2 by 2 and 3 by 3 that tile dense images, and `plain`, without such a line, for
//! targets without vectors.

mod plain;
mod tiled;

use tiled::{pool_rows, rows_that_follow};

use super::images::{Images, Windows};
use crate::element::{Numeric, StandIn};
use crate::run::dispatch;
use crate::run::level::HAS_VECTORS;

/// An operation that pools a window.
pub trait Pool<T>: Copy + Send + Sync {
    /// The element that stands for the padding.
    const IDENTITY: T;
    /// Combines two elements, or two results of combining.
    fn both(a: T, b: T) -> T;
    /// The result of a window of `all` elements, `taps` of which are in the image.
    fn finish(self, folded: T, taps: usize, all: usize) -> T;
}

/// The most elements of a line.
const LINE: usize = 256;

/// Writes the result of `pool` for each window of `data`, of the lengths `lens`, to `to`.
///
/// # Safety
/// `data` reaches an element at each index of `lens`: images, channels, rows and columns. `to`
/// reaches one at each index of images, channels and `windows`, different ones and exclusively.
/// There are as many windows as fit in the padded image.
#[inline(never)]
pub(crate) unsafe fn pool<T: Numeric, P: Pool<<T as StandIn>::Numeric>>(
    pool: P,
    data: Images<*const T>,
    lens: [usize; 4],
    to: Images<*mut T>,
    windows: [usize; 2],
    how: Windows,
) {
    dispatch::run(
        #[cfg_attr(not(unoptimised), inline(always))]
        || {
            let [images, channels, height, width] = lens;
            if const { !HAS_VECTORS } {
                // SAFETY: the caller's promise.
                return unsafe { plain::pool(pool, data, lens, to, windows, how) };
            }
            // The number of windows of a row that share a line. A window that is longer than a line
            // is taken by itself, in parts.
            let [_, stride] = how.stride;
            let together = LINE.saturating_sub(how.kernel[1]) / stride + 1;
            if let Some([images, channels, rows]) =
                rows_that_follow(&data, lens, &to, windows, &how)
                && let kernel @ (2 | 3) = how.kernel[1]
                && how.kernel[0] == kernel
            {
                for (image, channel) in
                    (0..images).flat_map(|image| (0..channels).map(move |c| (image, c)))
                {
                    let index = [image, channel, 0, 0];
                    let (at, to) = (data.element(index), to.element(index));
                    // SAFETY, of each: the rows of windows are in the destination and tile the rows
                    // of the data, which follow each other in memory.
                    match kernel {
                        // SAFETY: as above.
                        2 => unsafe { pool_rows::<T, P, 2>(pool, at, to, [rows, width]) },
                        // SAFETY: as above.
                        _ => unsafe { pool_rows::<T, P, 3>(pool, at, to, [rows, width]) },
                    }
                }
                return;
            }
            let mut room = [[P::IDENTITY; LINE]; 2];
            for image in 0..images {
                for channel in 0..channels {
                    let plane = Images { at: data.element([image, channel, 0, 0]), ..data };
                    for row in 0..windows[0] {
                        for from in (0..windows[1]).step_by(together) {
                            let count = together.min(windows[1] - from);
                            let to = Images { at: to.element([image, channel, row, from]), ..to };
                            // SAFETY: these windows are in the destination, and the plane is that
                            // of an image.
                            unsafe {
                                some_windows(
                                    pool,
                                    plane,
                                    [height, width],
                                    to,
                                    [row, from, count],
                                    how,
                                    &mut room,
                                )
                            };
                        }
                    }
                }
            }
        },
    );
}

/// Writes `count` windows of a row of windows, from window `from` on, which share a line.
///
/// # Safety
/// As for [`pool`]. `plane` is a channel of an image, and `to` the first of these windows.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn some_windows<T: Numeric, P: Pool<<T as StandIn>::Numeric>>(
    pool: P,
    plane: Images<*const T>,
    [height, width]: [usize; 2],
    to: Images<*mut T>,
    [row, from, count]: [usize; 3],
    how: Windows,
    [line, folded]: &mut [[<T as StandIn>::Numeric; LINE]; 2],
) {
    let ([kernel_rows, kernel], [stride_rows, stride]) = (how.kernel, how.stride);
    // The rows of the windows that are in the image.
    let top = (row * stride_rows).saturating_sub(how.pad[0]);
    let bottom = (row * stride_rows + kernel_rows).saturating_sub(how.pad[0]).min(height);
    let folded = &mut folded[..count];
    folded.fill(P::IDENTITY);
    // If a window has more columns than fit in the line, they are taken in parts.
    let most = LINE - (count - 1) * stride;
    for part in (0..kernel).step_by(most) {
        let columns = most.min(kernel - part);
        let len = (count - 1) * stride + columns;
        // The first column of the line, and the columns of it that are in the image.
        let first = from * stride + part;
        let skipped = how.pad[1].saturating_sub(first).min(len);
        let end = (first + len).saturating_sub(how.pad[1]).min(width);
        let inside = end.saturating_sub((first + skipped).saturating_sub(how.pad[1]));
        line[..len].fill(P::IDENTITY);
        let middle = &mut line[skipped..skipped + inside];
        for y in top..bottom {
            let at = plane.element([0, 0, y, (first + skipped).saturating_sub(how.pad[1])]);
            // SAFETY: this many elements of row `y` are in the image.
            unsafe { fold_row::<T, P>(at, plane.strides[3], middle) };
        }
        match stride {
            1 => every::<_, P, 1>(line, columns, folded),
            2 => every::<_, P, 2>(line, columns, folded),
            3 => every::<_, P, 3>(line, columns, folded),
            _ => {
                for j in 0..columns {
                    for (k, to) in folded.iter_mut().enumerate() {
                        *to = P::both(*to, line[j + k * stride]);
                    }
                }
            }
        }
    }
    let all = kernel_rows * kernel;
    for (k, &result) in folded.iter().enumerate() {
        let left = ((from + k) * stride).saturating_sub(how.pad[1]);
        let right = ((from + k) * stride + kernel).saturating_sub(how.pad[1]).min(width);
        let taps = bottom.saturating_sub(top) * right.saturating_sub(left);
        let result = T::of_numeric(pool.finish(result, taps, all));
        // SAFETY: the window is in the destination.
        unsafe { to.element([0, 0, 0, k]).write(result) };
    }
}

/// Folds a row of the image into `line`, element by element.
///
/// # Safety
/// There are as many elements as the line has, from `at` on, `stride` apart.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn fold_row<T: Numeric, P: Pool<<T as StandIn>::Numeric>>(
    at: *const T,
    stride: isize,
    line: &mut [<T as StandIn>::Numeric],
) {
    // The address of a row without elements may be invalid, even null, which that of a slice may
    // not.
    if stride == 1 && !line.is_empty() {
        // SAFETY: the caller's promise.
        let row = unsafe { core::slice::from_raw_parts(at, line.len()) };
        for (to, x) in line.iter_mut().zip(row) {
            *to = P::both(*to, x.numeric());
        }
        return;
    }
    for (k, to) in line.iter_mut().enumerate() {
        // SAFETY: the caller's promise.
        let x = unsafe { at.wrapping_offset(stride.wrapping_mul(k as isize)).read() };
        *to = P::both(*to, x.numeric());
    }
}

/// Folds the first `columns` elements of each window. Window `k` begins at `line[k * STRIDE]`.
#[cfg_attr(not(unoptimised), inline(always))]
fn every<T: Copy, P: Pool<T>, const STRIDE: usize>(
    line: &[T; LINE],
    columns: usize,
    folded: &mut [T],
) {
    let count = folded.len();
    for j in 0..columns {
        let k = blocks::<T, P, STRIDE, 16>(&line[j..], folded, 0);
        let k = blocks::<T, P, STRIDE, 4>(&line[j..], folded, k);
        for k in k..count {
            folded[k] = P::both(folded[k], line[j + k * STRIDE]);
        }
    }
}

/// Folds one element of each window from window `k` on, `BLOCK` windows at a time: with a constant
/// number of them, loads are of whole vectors. Returns the first window that is left.
#[cfg_attr(not(unoptimised), inline(always))]
fn blocks<T: Copy, P: Pool<T>, const STRIDE: usize, const BLOCK: usize>(
    line: &[T],
    folded: &mut [T],
    mut k: usize,
) -> usize {
    while k + BLOCK <= folded.len() && (k + BLOCK) * STRIDE <= line.len() {
        let (line, to) = (&line[k * STRIDE..][..BLOCK * STRIDE], &mut folded[k..k + BLOCK]);
        for (i, to) in to.iter_mut().enumerate() {
            *to = P::both(*to, line[i * STRIDE]);
        }
        k += BLOCK;
    }
    k
}

#[cfg(test)]
mod tests;
