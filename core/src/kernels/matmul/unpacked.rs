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

/// As [`product`], of so few elements that everything but the lengths, which are constants in the caller, would be in the way.
///
/// # Safety
/// As for [`product`].
#[inline(always)]
pub(super) unsafe fn tiny<S: Simd, T: Wide>(
    simd: S,
    (a, b, to): Part<T>,
    [rows, inner, columns]: [usize; 3],
) {
    let short = const { <T::Short<S> as SimdBase<S>>::LEN };
    let whole = if b.column == 1 { columns - columns % short } else { 0 };
    let mut i = 0;
    while i < rows {
        let height = ROWS.min(rows - i);
        let mut j = 0;
        while j < whole {
            let part = (a.from(i, 0), b.from(0, j), to.from(i, j));
            // SAFETY: the tile is in the destination, its rows in `a` and its columns in `b`.
            unsafe { tile::<S, T::Short<S>, ROWS, 1>(simd, part, [height, inner, short], false) };
            j += short;
        }
        i += height;
    }
    // SAFETY: the columns from `whole` on are in the destination and in `b`.
    unsafe { plain::product((a, b.from(0, whole), to.from(0, whole)), [rows, inner, columns - whole]) };
}
