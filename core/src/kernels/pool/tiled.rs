//! Pooling by windows that tile dense images: no element is in two windows.
//!
//! 1. Planes that follow each other in memory count as one plane with more rows, for the images and
//!    for the results.
//! 2. If a row has at least 16 windows, 16 windows at a time are folded: their `K` rows to a line,
//!    then the `K` elements of each window in that line.
//! 3. If it has fewer, the rows of several rows of windows are folded to one longer line, of up to
//!    128 windows. Then 16 windows of the line are folded at a time.
//!
//! The last block of 16 may overlap the one before it, and computes the same results again.

use super::Pool;
use crate::element::{Numeric, NumericOf};
use crate::kernels::images::{Images, Windows};

/// The number of windows that are folded at a time, as a vector.
const BLOCK: usize = 16;
/// The number of windows in a line that several rows share, if a row has fewer windows than a
/// block.
const LINE: usize = 128;

/// The numbers of images, channels and rows of windows to visit, after planes that follow each
/// other in memory have been counted as one. `None` if the windows do not tile the images.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn rows_that_follow<T>(
    data: &Images<*const T>,
    [images, channels, height, width]: [usize; 4],
    to: &Images<*mut T>,
    [rows, columns]: [usize; 2],
    how: &Windows,
) -> Option<[usize; 3]> {
    let are_tiled =
        how.pad == [0, 0] && how.kernel == how.stride && columns * how.kernel[1] == width;
    let are_dense =
        data.strides[2..] == [width as isize, 1] && to.strides[2..] == [columns as isize, 1];
    if !(are_tiled && are_dense) || columns == 0 {
        return None;
    }
    let follow = |k: usize, from: usize, windows: usize| {
        data.strides[k] == from as isize && to.strides[k] == windows as isize
    };
    let whole = rows * how.kernel[0] == height;
    Some(if !whole || !follow(1, height * width, rows * columns) {
        [images, channels, rows]
    } else if !follow(0, channels * height * width, channels * rows * columns) {
        [images, 1, channels * rows]
    } else {
        [1, 1, images * channels * rows]
    })
}

/// Writes `rows` rows of windows of `K` by `K`. The rows of the image follow each other from `at`
/// on, with `width` elements each; the rows of windows follow each other from `to` on.
///
/// # Safety
/// The rows are there, those at `to` exclusively. `width` is a multiple of `K`, and not 0.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) unsafe fn pool_rows<T: Numeric, P: Pool<NumericOf<T>>, const K: usize>(
    pool: P,
    at: *const T,
    to: *mut T,
    [rows, width]: [usize; 2],
) {
    let windows = width / K;
    if windows >= BLOCK {
        for row in 0..rows {
            let (at, to) = (at.wrapping_add(row * K * width), to.wrapping_add(row * windows));
            let mut k = 0;
            while k < windows {
                // The last block may overlap the one before, and computes the same results there.
                let first = k.min(windows - BLOCK);
                let mut line = [[P::IDENTITY; K]; BLOCK];
                // SAFETY: the rows of this block of windows are there, and so are the windows at
                // `to`.
                unsafe {
                    fold::<T, P, K>(at.wrapping_add(first * K), width, line.as_flattened_mut());
                    write(pool, &line, to.wrapping_add(first));
                }
                k += BLOCK;
            }
        }
        return;
    }
    let mut line = [[P::IDENTITY; K]; LINE];
    let together = (LINE / windows).max(1);
    for row in (0..rows).step_by(together) {
        let rows = together.min(rows - row);
        let (at, to) = (at.wrapping_add(row * K * width), to.wrapping_add(row * windows));
        for row in 0..rows {
            let line = &mut line.as_flattened_mut()[row * width..(row + 1) * width];
            let at = at.wrapping_add(row * K * width);
            // SAFETY, of each: the rows are there.
            match width {
                // SAFETY: as above.
                8.. => unsafe { fold_by::<T, P, K, 8>(at, width, line) },
                // SAFETY: as above.
                4.. => unsafe { fold_by::<T, P, K, 4>(at, width, line) },
                // SAFETY: as above.
                _ => unsafe { fold_by::<T, P, K, 1>(at, width, line) },
            }
        }
        let count = rows * windows;
        let mut k = 0;
        while k < count {
            if let Some(last) = count.checked_sub(BLOCK) {
                let first = k.min(last);
                if let Some(line) = line[first..].first_chunk::<BLOCK>() {
                    // SAFETY: this many windows are left at `to`.
                    unsafe { write(pool, line, to.wrapping_add(first)) };
                }
                k += BLOCK;
            } else {
                // SAFETY: the window is at `to`.
                unsafe { write(pool, &[line[k]], to.wrapping_add(k)) };
                k += 1;
            }
        }
    }
}

/// Folds `K` rows to a line, `BLOCK` elements at a time. The line has at least that many elements.
///
/// # Safety
/// The rows have as many elements as the line, and are `width` apart.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn fold_by<T: Numeric, P: Pool<NumericOf<T>>, const K: usize, const BLOCK: usize>(
    at: *const T,
    width: usize,
    line: &mut [NumericOf<T>],
) {
    let last = line.len() - BLOCK;
    let mut k = 0;
    while k < line.len() {
        // The last block may overlap the one before, and computes the same results there.
        let first = k.min(last);
        let mut block = [P::IDENTITY; BLOCK];
        // SAFETY: the caller's promise.
        unsafe { fold::<T, P, K>(at.wrapping_add(first), width, &mut block) };
        line[first..first + BLOCK].copy_from_slice(&block);
        k += BLOCK;
    }
}

/// Folds `K` rows into `line`, element by element.
///
/// # Safety
/// The rows have as many elements as the line, and are `width` apart.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn fold<T: Numeric, P: Pool<NumericOf<T>>, const K: usize>(
    at: *const T,
    width: usize,
    line: &mut [NumericOf<T>],
) {
    for y in 0..K {
        // SAFETY: the caller's promise.
        let row = unsafe { core::slice::from_raw_parts(at.wrapping_add(y * width), line.len()) };
        for (to, x) in line.iter_mut().zip(row) {
            *to = P::both(*to, x.numeric());
        }
    }
}

/// Writes the results of windows whose rows have been folded.
///
/// # Safety
/// There is room for `COUNT` results at `to`, exclusively.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn write<T: Numeric, P: Pool<NumericOf<T>>, const K: usize, const COUNT: usize>(
    pool: P,
    line: &[[NumericOf<T>; K]; COUNT],
    to: *mut T,
) {
    let mut folded = [P::IDENTITY; COUNT];
    for j in 0..K {
        for (to, window) in folded.iter_mut().zip(line) {
            *to = P::both(*to, window[j]);
        }
    }
    let mut results = [T::ZERO; COUNT];
    for (result, &folded) in results.iter_mut().zip(&folded) {
        *result = T::of_numeric(pool.finish(folded, K * K, K * K));
    }
    // SAFETY: the caller's promise.
    unsafe { to.cast::<[T; COUNT]>().write_unaligned(results) };
}
