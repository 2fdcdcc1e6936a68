//! Products of floats by vectors that take no memory: small ones, and all where there is no allocator.

use fearless_simd::{Simd, SimdBase};

use super::tile::{Wide, tile};
use super::{Part, plain};

/// How many rows a tile has: with two vectors a row, enough sums to keep the multipliers busy.
const ROWS: usize = 4;

/// Writes `a (rows, inner) @ b (inner, columns)`; the columns of `b` lie side by side.
///
/// # Safety
/// The matrices reach their elements, the destination exclusively.
#[inline(always)]
pub(super) unsafe fn product<S: Simd, T: Wide>(
    simd: S,
    (a, b, to): Part<T>,
    [rows, inner, columns]: [usize; 3],
) {
    let mut i = 0;
    while i < rows {
        let height = ROWS.min(rows - i);
        let part = (a.from(i, 0), b, to.from(i, 0));
        // SAFETY: the rows are in the destination and in `a`.
        unsafe {
            match height {
                4.. => band::<S, T, 4>(simd, part, [inner, columns]),
                3 => band::<S, T, 3>(simd, part, [inner, columns]),
                2 => band::<S, T, 2>(simd, part, [inner, columns]),
                _ => band::<S, T, 1>(simd, part, [inner, columns]),
            }
        }
        i += height;
    }
}

/// Writes `HEIGHT` rows.
///
/// # Safety
/// As for [`product`].
#[inline(always)]
unsafe fn band<S: Simd, T: Wide, const HEIGHT: usize>(
    simd: S,
    (a, b, to): Part<T>,
    [inner, columns]: [usize; 2],
) {
    let (long, short) = const { (<T::Vector<S> as SimdBase<S>>::LEN, <T::Short<S> as SimdBase<S>>::LEN) };
    let mut j = 0;
    while j < columns {
        let part = (a, b.from(0, j), to.from(0, j));
        // SAFETY: the tile is in the destination, its rows in `a` and its columns in `b`.
        unsafe {
            if columns - j >= 2 * long {
                tile::<S, T::Vector<S>, HEIGHT, 2>(simd, part, [HEIGHT, inner, 2 * long], false);
                j += 2 * long;
            } else if columns - j >= long {
                tile::<S, T::Vector<S>, HEIGHT, 1>(simd, part, [HEIGHT, inner, long], false);
                j += long;
            } else if long > short && columns - j >= short {
                tile::<S, T::Short<S>, HEIGHT, 1>(simd, part, [HEIGHT, inner, short], false);
                j += short;
            } else {
                plain::product(part, [HEIGHT, inner, columns - j]);
                j = columns;
            }
        }
    }
}

/// As [`product`], where the lengths are constants in the caller: the loops over rows and columns unroll.
///
/// # Safety
/// As for [`product`].
#[cfg(any(target_arch = "x86", target_arch = "x86_64", target_arch = "aarch64"))]
#[inline(always)]
pub(super) unsafe fn unrolled<S: Simd, T: Wide>(
    simd: S,
    (a, b, to): Part<T>,
    [rows, inner, columns]: [usize; 3],
) {
    let whole = rows - rows % ROWS;
    let mut i = 0;
    // The height is a constant in each of the two calls, in a loop that does not unroll as well.
    while i < whole {
        // SAFETY: so many rows are left.
        unsafe { unrolled_band(simd, (a.from(i, 0), b, to.from(i, 0)), [ROWS, inner, columns]) };
        i += ROWS;
    }
    if whole < rows {
        // SAFETY: as above.
        unsafe {
            unrolled_band(simd, (a.from(whole, 0), b, to.from(whole, 0)), [rows % ROWS, inner, columns])
        };
    }
}

/// Writes `height` rows, at most [`ROWS`].
///
/// # Safety
/// As for [`product`].
#[cfg(any(target_arch = "x86", target_arch = "x86_64", target_arch = "aarch64"))]
#[inline(always)]
unsafe fn unrolled_band<S: Simd, T: Wide>(
    simd: S,
    (a, b, to): Part<T>,
    [height, inner, columns]: [usize; 3],
) {
    let (long, short) = const { (<T::Vector<S> as SimdBase<S>>::LEN, <T::Short<S> as SimdBase<S>>::LEN) };
    let mut j = 0;
    // SAFETY, of each: the tile is in the destination, its rows in `a` and its columns in `b`.
    while columns - j >= 2 * long {
        let part = (a, b.from(0, j), to.from(0, j));
        // SAFETY: as above.
        unsafe { tile::<S, T::Vector<S>, ROWS, 2>(simd, part, [height, inner, 2 * long], false) };
        j += 2 * long;
    }
    if columns - j >= long {
        let part = (a, b.from(0, j), to.from(0, j));
        // SAFETY: as above.
        unsafe { tile::<S, T::Vector<S>, ROWS, 1>(simd, part, [height, inner, long], false) };
        j += long;
    }
    if long > short && columns - j >= short {
        let part = (a, b.from(0, j), to.from(0, j));
        // SAFETY: as above.
        unsafe { tile::<S, T::Short<S>, ROWS, 1>(simd, part, [height, inner, short], false) };
        j += short;
    }
    // SAFETY: as above.
    unsafe { plain::product((a, b.from(0, j), to.from(0, j)), [height, inner, columns - j]) };
}
