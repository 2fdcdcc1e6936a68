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
//! The order of the folds is the same at every SIMD level. Two other kernels fold in the same
//! order: `tiled`, for windows of 2 by 2 and 3 by 3 that tile dense images, and `plain`, without
//! the buffer `line`, for targets without vectors.

mod plain;
mod tiled;

use tiled::{pool_rows, rows_that_follow};

use super::images::{Images, Windows};
use crate::element::{Numeric, StandIn};
use crate::run::dispatch;
use crate::run::level::HAS_VECTORS;

/// How a window is folded to one element.
pub trait Pool<T>: Copy + Send + Sync {
    /// The value of each element of the padding.
    const IDENTITY: T;
    /// Combines two elements, or two values that `both` has returned.
    fn both(a: T, b: T) -> T;
    /// The result of a window with `all` elements. `taps` of them are in the image, and the others
    /// are in the padding. `folded` is the fold by `both` of the `taps` elements and of `IDENTITY`.
    fn finish(self, folded: T, taps: usize, all: usize) -> T;
}

/// The most elements of `line`, and so the most columns that a group of windows spans.
const LINE: usize = 256;

/// Writes the result of each window of `data` to `to`. `lens` are the numbers of images, channels,
/// rows and columns of `data`.
///
/// # Safety
/// `data` reaches an element at each index of `lens`. `to` reaches a different element,
/// exclusively, at each index of images, channels and `windows`. There are as many windows as fit
/// in the padded image.
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
                // SAFETY: the caller keeps this function's contract, which is that of
                // `plain::pool`.
                return unsafe { plain::pool(pool, data, lens, to, windows, how) };
            }
            // The number of neighbouring windows of a row whose columns fit in the buffer `line`
            // together. A window with more than `LINE` columns is alone in its group, and is folded
            // in parts.
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
                    match kernel {
                        // SAFETY: the windows cover the rows without gaps or overlap, and each row
                        // begins in memory where the row before it ends, as `rows_that_follow` has
                        // checked.
                        2 => unsafe { pool_rows::<T, P, 2>(pool, at, to, [rows, width]) },
                        // SAFETY: the windows cover the rows without gaps or overlap, and each row
                        // begins in memory where the row before it ends, as `rows_that_follow` has
                        // checked.
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
                            // SAFETY: the caller keeps this function's contract. `row` and the
                            // `count` windows from `from` on are in bounds, and `plane` begins at a
                            // channel of an image.
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

/// Writes the results of `count` windows in row `row`, from window `from` on. `line` and `folded`
/// are buffers: the columns of these windows are first folded into `line`, and from there each
/// window into its element of `folded`.
///
/// # Safety
/// The caller keeps the contract of [`pool`], and the windows are in bounds. `plane` begins at a
/// channel of an image, and `to` at the result of window `from`.
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
    // The windows cover rows `top..bottom` of the image, besides rows of the padding.
    let top = (row * stride_rows).saturating_sub(how.pad[0]);
    let bottom = (row * stride_rows + kernel_rows).saturating_sub(how.pad[0]).min(height);
    let folded = &mut folded[..count];
    folded.fill(P::IDENTITY);
    // `most` columns of a window fit in `line`. A window with more columns is folded in parts.
    let most = LINE - (count - 1) * stride;
    for part in (0..kernel).step_by(most) {
        let columns = most.min(kernel - part);
        let len = (count - 1) * stride + columns;
        // `line` begins at column `first` of the padded image. Its first `skipped` elements are in
        // the padding, and the next `inside` elements are in the image.
        let first = from * stride + part;
        let skipped = how.pad[1].saturating_sub(first).min(len);
        let end = (first + len).saturating_sub(how.pad[1]).min(width);
        let inside = end.saturating_sub((first + skipped).saturating_sub(how.pad[1]));
        line[..len].fill(P::IDENTITY);
        let middle = &mut line[skipped..skipped + inside];
        for y in top..bottom {
            let at = plane.element([0, 0, y, (first + skipped).saturating_sub(how.pad[1])]);
            // SAFETY: row `y` of the image has `inside` elements from `at` on.
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
        // SAFETY: `k` is less than `count`, so window `from + k` is in the destination.
        unsafe { to.element([0, 0, 0, k]).write(result) };
    }
}

/// Combines each element of `line` with the element of the same index in a row of the image.
///
/// # Safety
/// From `at` on there are `line.len()` elements, which are `stride` apart.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn fold_row<T: Numeric, P: Pool<<T as StandIn>::Numeric>>(
    at: *const T,
    stride: isize,
    line: &mut [<T as StandIn>::Numeric],
) {
    // For a row without elements `at` may be invalid, even null. A slice must not begin there.
    if stride == 1 && !line.is_empty() {
        // SAFETY: the caller promises `line.len()` elements from `at` on. They are contiguous,
        // because `stride` is 1.
        let row = unsafe { core::slice::from_raw_parts(at, line.len()) };
        for (to, x) in line.iter_mut().zip(row) {
            *to = P::both(*to, x.numeric());
        }
        return;
    }
    for (k, to) in line.iter_mut().enumerate() {
        // SAFETY: `k` is less than `line.len()`, and the caller promises `line.len()` elements from
        // `at` on, `stride` apart.
        let x = unsafe { at.wrapping_offset(stride.wrapping_mul(k as isize)).read() };
        *to = P::both(*to, x.numeric());
    }
}

/// Folds elements 0 to `columns - 1` of each window `k` into `folded[k]`. Window `k` begins at
/// `line[k * STRIDE]`.
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

/// Folds the first element of each window into `folded`, from window `k` on, `BLOCK` windows at a
/// time. Since `BLOCK` is a constant, the compiler loads whole SIMD vectors. Returns the number of
/// the first window that has not been folded.
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
