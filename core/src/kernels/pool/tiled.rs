//! Pooling by windows of `K` by `K` elements that tile dense images, so that no element is in two
//! windows.
//!
//! 1. Channels that follow each other in memory, both in the images and in the results, count as
//!    one channel with more rows.
//! 2. If a row has at least 16 windows, 16 windows at a time are folded: first their `K` rows to
//!    one line, then the `K` elements that each window has in that line.
//! 3. If a row has fewer windows, several rows of windows are folded to one longer line, of up to
//!    128 windows. Then 16 windows of that line at a time are folded.
//!
//! The last block of 16 windows may overlap the block before it. Their common results are computed
//! twice.

use super::Pool;
use crate::element::{Numeric, NumericOf};
use crate::kernels::images::{Images, Windows};

/// The number of windows that are folded at a time, in SIMD vectors.
const BLOCK: usize = 16;
/// The maximum number of windows in a line that several rows of windows are folded to. That is done
/// if a row has fewer than `BLOCK` windows.
const LINE: usize = 128;

/// The numbers of images, channels and rows of windows to visit. Channels that follow each other in
/// memory count as one channel with more rows. If the images follow each other too, all channels of
/// all images count as one channel. `None` if the windows do not tile dense images.
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

/// Writes the results of `rows` rows of windows of `K` by `K`. Rows of `width` elements follow each
/// other from `at` on, and rows of results from `to` on.
///
/// # Safety
/// There are `rows * K` rows of elements at `at`, and at `to` there is room for `rows` rows of
/// results, which nothing else accesses. `width` is a multiple of `K`, and not 0.
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
                // The last block may overlap the block before it. Their common results are computed
                // twice.
                let first = k.min(windows - BLOCK);
                let mut line = [[P::IDENTITY; K]; BLOCK];
                // SAFETY: `first` is at most `windows - BLOCK`. So `K` rows of `BLOCK * K` elements
                // begin at column `first * K`, and the row of results at `to` has room for `BLOCK`
                // results from index `first` on.
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
            match width {
                // SAFETY: `K` rows of `width` elements begin at `at`, and `width` is at least 8.
                8.. => unsafe { fold_by::<T, P, K, 8>(at, width, line) },
                // SAFETY: `K` rows of `width` elements begin at `at`, and `width` is at least 4.
                4.. => unsafe { fold_by::<T, P, K, 4>(at, width, line) },
                // SAFETY: `K` rows of `width` elements begin at `at`, and `width` is at least 1.
                _ => unsafe { fold_by::<T, P, K, 1>(at, width, line) },
            }
        }
        let count = rows * windows;
        let mut k = 0;
        while k < count {
            if let Some(last) = count.checked_sub(BLOCK) {
                let first = k.min(last);
                if let Some(line) = line[first..].first_chunk::<BLOCK>() {
                    // SAFETY: the caller promises room at `to` for the results of these `rows`
                    // rows, which are `count` results. `first + BLOCK` is at most `count`.
                    unsafe { write(pool, line, to.wrapping_add(first)) };
                }
                k += BLOCK;
            } else {
                // SAFETY: the caller promises room at `to` for the results of these `rows` rows,
                // which are `count` results. `k` is less than `count`.
                unsafe { write(pool, &[line[k]], to.wrapping_add(k)) };
                k += 1;
            }
        }
    }
}

/// Folds `K` rows to a line, `BLOCK` elements at a time. The line has at least `BLOCK` elements.
///
/// # Safety
/// From `at` on there are `K` rows of `line.len()` elements, which begin `width` elements apart.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn fold_by<T: Numeric, P: Pool<NumericOf<T>>, const K: usize, const BLOCK: usize>(
    at: *const T,
    width: usize,
    line: &mut [NumericOf<T>],
) {
    let last = line.len() - BLOCK;
    let mut k = 0;
    while k < line.len() {
        // The last block may overlap the block before it. Their common elements are computed twice.
        let first = k.min(last);
        let mut block = [P::IDENTITY; BLOCK];
        // SAFETY: `first + BLOCK` is at most `line.len()`, so each row has the elements of this
        // block.
        unsafe { fold::<T, P, K>(at.wrapping_add(first), width, &mut block) };
        line[first..first + BLOCK].copy_from_slice(&block);
        k += BLOCK;
    }
}

/// Combines each element of `line` with the elements of the same index in `K` rows.
///
/// # Safety
/// From `at` on there are `K` rows of `line.len()` elements, which begin `width` elements apart.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn fold<T: Numeric, P: Pool<NumericOf<T>>, const K: usize>(
    at: *const T,
    width: usize,
    line: &mut [NumericOf<T>],
) {
    for y in 0..K {
        // SAFETY: the caller promises `K` rows of `line.len()` elements, `width` apart.
        let row = unsafe { core::slice::from_raw_parts(at.wrapping_add(y * width), line.len()) };
        for (to, x) in line.iter_mut().zip(row) {
            *to = P::both(*to, x.numeric());
        }
    }
}

/// Writes the results of `COUNT` windows. The `K` rows of each window have been folded to one row,
/// an entry of `line`.
///
/// # Safety
/// At `to` there is room for `COUNT` results, which nothing else accesses.
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
    // SAFETY: the caller promises room at `to` for `COUNT` results, which nothing else accesses.
    unsafe { to.cast::<[T; COUNT]>().write_unaligned(results) };
}
