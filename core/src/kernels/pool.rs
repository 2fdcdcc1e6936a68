//! Pooling of images: what is folded of each window, such as its greatest element.
//!
//! A fold goes by columns first: the rows of a window are folded, element by element, to a line, and
//! of the line those elements that are in a window. Some windows of a row at a time share a line. So
//! each element is folded once along columns, whatever the windows' overlap, in an order that is the
//! same at every level.

use super::images::{Images, Windows};
use crate::element::{Numeric, StandIn};
use crate::run::dispatch;

/// What is folded of a window.
pub trait Pool<T>: Copy + Send + Sync {
    /// What stands where there is no element, in the padding.
    const NOTHING: T;
    /// Of two elements, or of what they were folded to.
    fn both(a: T, b: T) -> T;
    /// The result, of `taps` elements of the image in a window of `all`.
    fn finish(self, folded: T, taps: usize, all: usize) -> T;
}

/// How many elements a line has at most.
const LINE: usize = 256;

/// Writes what `pool` makes of each window of `data`, of the lengths `lens`, to `to`.
///
/// # Safety
/// `data` reaches an element at each index of `lens`: images, channels, rows and columns; `to` at
/// each of images, channels and `windows`, each one apart and exclusively. The windows are as many as
/// lie in the padded image.
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
            // Windows of a row that share a line. A window that is longer has a line of its own, in
            // parts.
            let [_, stride] = how.stride;
            let together = LINE.saturating_sub(how.kernel[1]) / stride + 1;
            let rows_together = rows_together(&data, lens, &to, windows, &how);
            let mut room = [[P::NOTHING; LINE]; 2];
            for image in 0..images {
                for channel in 0..channels {
                    let plane = Images { at: data.element([image, channel, 0, 0]), ..data };
                    if rows_together > 0 {
                        for row in (0..windows[0]).step_by(rows_together) {
                            let rows = rows_together.min(windows[0] - row);
                            let to = Images { at: to.element([image, channel, row, 0]), ..to };
                            let plane = Images { at: plane.element([0, 0, row * how.stride[0], 0]), ..plane };
                            // SAFETY: these rows of windows are in the destination, and those of the
                            // plane in an image.
                            unsafe {
                                some_rows(pool, plane.at, to.at, [rows, width, windows[1]], how, &mut room)
                            };
                        }
                        continue;
                    }
                    for row in 0..windows[0] {
                        for from in (0..windows[1]).step_by(together) {
                            let count = together.min(windows[1] - from);
                            let to = Images { at: to.element([image, channel, row, from]), ..to };
                            // SAFETY: these windows are in the destination, and the plane is an image's.
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

/// How many rows of windows are folded at once, as if they were one: where windows tile the image's
/// columns, and its rows follow each other in memory, as those of the destination do. Else none.
#[cfg_attr(not(unoptimised), inline(always))]
fn rows_together<T>(
    data: &Images<*const T>,
    [.., width]: [usize; 4],
    to: &Images<*mut T>,
    windows: [usize; 2],
    how: &Windows,
) -> usize {
    let is_tiled = how.pad == [0, 0] && how.kernel == how.stride && windows[1] * how.stride[1] == width;
    let are_dense = data.strides[2..] == [width as isize, 1] && to.strides[2..] == [windows[1] as isize, 1];
    if is_tiled && are_dense { LINE / width.max(1) } else { 0 }
}

/// Writes some rows of windows that tile the columns of an image, of `[rows, width, windows]`.
///
/// # Safety
/// As for [`pool`]: so many rows of elements are at `at`, one behind the other, and of windows at `to`.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn some_rows<T: Numeric, P: Pool<<T as StandIn>::Numeric>>(
    pool: P,
    at: *const T,
    to: *mut T,
    [rows, width, windows]: [usize; 3],
    how: Windows,
    [line, folded]: &mut [[<T as StandIn>::Numeric; LINE]; 2],
) {
    let ([kernel_rows, kernel], all) = (how.kernel, how.kernel[0] * how.kernel[1]);
    let (line, folded) = (line, &mut folded[..rows * windows]);
    line[..rows * width].fill(P::NOTHING);
    folded.fill(P::NOTHING);
    for row in 0..rows {
        let line = &mut line[row * width..(row + 1) * width];
        for y in 0..kernel_rows {
            // SAFETY: the row is one of those at `at`.
            unsafe { fold_row::<T, P>(at.wrapping_add((row * kernel_rows + y) * width), 1, line) };
        }
    }
    match kernel {
        1 => every::<_, P, 1>(line, kernel, folded),
        2 => every::<_, P, 2>(line, kernel, folded),
        3 => every::<_, P, 3>(line, kernel, folded),
        4 => every::<_, P, 4>(line, kernel, folded),
        _ => {
            for j in 0..kernel {
                for (k, to) in folded.iter_mut().enumerate() {
                    *to = P::both(*to, line[j + k * kernel]);
                }
            }
        }
    }
    for (k, &result) in folded.iter().enumerate() {
        // SAFETY: the window is one of those at `to`.
        unsafe { to.wrapping_add(k).write(T::of_numeric(pool.finish(result, all, all))) };
    }
}

/// Writes `count` windows of a row of windows, from window `from` on, which share a line.
///
/// # Safety
/// As for [`pool`]: `plane` is a channel of an image, and `to` the first of the windows.
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
    folded.fill(P::NOTHING);
    // The columns of a window come in parts, where they are more than a line.
    let most = LINE - (count - 1) * stride;
    for part in (0..kernel).step_by(most) {
        let columns = most.min(kernel - part);
        let len = (count - 1) * stride + columns;
        // The first column of the line, and those of it that are in the image.
        let first = from * stride + part;
        let skipped = how.pad[1].saturating_sub(first).min(len);
        let end = (first + len).saturating_sub(how.pad[1]).min(width);
        let inside = end.saturating_sub((first + skipped).saturating_sub(how.pad[1]));
        line[..len].fill(P::NOTHING);
        let middle = &mut line[skipped..skipped + inside];
        for y in top..bottom {
            let at = plane.element([0, 0, y, (first + skipped).saturating_sub(how.pad[1])]);
            // SAFETY: so many elements of row `y` are in the image.
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

/// Folds a row of the image to `line`, element by element.
///
/// # Safety
/// There are as many elements from `at` on, `stride` apart.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn fold_row<T: Numeric, P: Pool<<T as StandIn>::Numeric>>(
    at: *const T,
    stride: isize,
    line: &mut [<T as StandIn>::Numeric],
) {
    // Of a row without elements the address may be any, null too, of which no slice can be.
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

/// Folds `columns` elements from every `STRIDE`-th on, a window each.
#[cfg_attr(not(unoptimised), inline(always))]
fn every<T: Copy, P: Pool<T>, const STRIDE: usize>(line: &[T; LINE], columns: usize, folded: &mut [T]) {
    // As many windows at a time as vectors have elements: of a constant number loads are whole.
    const BLOCK: usize = 16;
    let count = folded.len();
    for j in 0..columns {
        let mut k = 0;
        while k + BLOCK <= count && j + (k + BLOCK) * STRIDE <= LINE {
            let (line, to) = (&line[j + k * STRIDE..][..BLOCK * STRIDE], &mut folded[k..k + BLOCK]);
            for (i, to) in to.iter_mut().enumerate() {
                *to = P::both(*to, line[i * STRIDE]);
            }
            k += BLOCK;
        }
        while k < count {
            folded[k] = P::both(folded[k], line[j + k * STRIDE]);
            k += 1;
        }
    }
}
