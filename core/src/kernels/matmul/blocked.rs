//! Large products of floats, by blocks that fit in the caches.
//!
//! ```text
//! for each stretch, which is a section of the inner axis (at most 256 long):
//!     for each block of columns (at most 512):
//!         pack the block of b into panels, each 2 SIMD vectors wide;
//!             the last panel is filled up with zeros;
//!             if b is read in place, only this last panel is packed, if it is not full
//!         for each tile of 12, 6, .. or 1 rows:
//!             pack these rows of a, unless they are contiguous and the block has at most 4 panels
//!             for each panel:
//!                 the tile of the destination = rows of a times the panel
//!                     (+= instead of = after the first stretch)
//! ```
//!
//! A packed block of the right operand has at most 512 KiB of `f32`, which fit in the second-level
//! cache. It is on the stack if it has up to 2,048 elements, and otherwise on the heap. The packed
//! rows of a tile are on the stack, and fit in the first-level cache. Packing reads the operands by
//! their strides, so no contiguous copy is made first.

use alloc::vec::Vec;
use core::mem::MaybeUninit;

use super::tile::{Wide, tile};
use super::transpose::transpose;
use super::{Matrix, ProductPart};
use crate::run::simd::{Simd, Vector};

/// The greatest length of a stretch, which is a section of the inner axis.
const DEPTH: usize = if cfg!(unoptimised) { 32 } else { 256 };
/// The most columns of a block of the right operand.
const WIDTH: usize = 512;
/// The most elements of a packed block of the right operand that is on the stack. A larger block is
/// on the heap.
const ON_STACK: usize = if cfg!(unoptimised) { 128 } else { 2048 };
/// The most rows of a tile.
const MOST_ROWS: usize = 12;
/// The distance in elements between the starts of packed rows of the left operand: a little more
/// than `DEPTH`, which is a power of two, so that the rows fall into different sets of the cache.
const ROW_STRIDE: usize = DEPTH + 16;

/// Writes `a (rows, inner) @ b (inner, columns)`. `inner` is not 0.
///
/// # Safety
/// The pointers and strides of `a`, `b` and `to` lead to all elements of matrices of these lengths.
/// Nothing else accesses the elements of `to`.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) unsafe fn product<S: Simd, T: Wide>(
    simd: S,
    (a, b, to): ProductPart<T>,
    [rows, inner, columns]: [usize; 3],
) {
    let panel = const { 2 * <T::Vector<S> as Vector<S>>::LEN };
    let mut packed_rows = [const { MaybeUninit::<T>::uninit() }; MOST_ROWS * ROW_STRIDE];
    let mut on_stack = [const { MaybeUninit::<T>::uninit() }; ON_STACK];
    let mut on_heap = Vec::<MaybeUninit<T>>::new();
    // The length of a stretch, such that all stretches of the inner axis have nearly equal lengths.
    let stretch = inner.div_ceil(inner.div_ceil(DEPTH).max(1));
    // With few rows, packing costs more than it saves, so `b` is read in place. Columns that do not
    // fill a panel are still packed, because a tile reads whole panels and would read past the end
    // of `b`.
    let in_place = b.column == 1 && rows <= rows_in_place::<T, T::Vector<S>>(b.row);
    let mut from = 0;
    while from < inner {
        let depth = stretch.min(inner - from);
        let mut left = 0;
        while left < columns {
            let width = WIDTH.min(columns - left);
            let b = b.from(from, left);
            let packed_from = if in_place { width - width % panel } else { 0 };
            let size = (width - packed_from).next_multiple_of(panel) * depth;
            let packed_columns = if size <= ON_STACK {
                &mut on_stack[..size]
            } else {
                on_heap.resize(size, MaybeUninit::uninit());
                &mut on_heap[..]
            };
            for (c, to) in packed_columns.chunks_exact_mut(panel * depth).enumerate() {
                let at = packed_from + c * panel;
                // SAFETY: from column `at` on, the block of the right operand has at least
                // `panel.min(width - at)` columns of `depth` elements.
                unsafe { pack_columns(simd, b.from(0, at), panel.min(width - at), panel, to) };
            }
            let mut top = 0;
            while top < rows {
                let height = height::<T::Vector<S>>(rows - top);
                let mut a = a.from(top, from);
                if a.column != 1 || width > 4 * panel {
                    // SAFETY: from row `top` and column `from` on, the left operand has at least
                    // `height` rows and `depth` columns.
                    unsafe { pack_rows(simd, a, [height, depth], &mut packed_rows) };
                    a = Matrix {
                        at: packed_rows.as_ptr().cast(),
                        row: ROW_STRIDE as isize,
                        column: 1,
                    };
                }
                let mut j = 0;
                while j < width {
                    let columns = panel.min(width - j);
                    let b = if j >= packed_from {
                        let at = packed_columns[(j - packed_from) * depth..].as_ptr().cast();
                        Matrix { at, row: panel as isize, column: 1 }
                    } else {
                        b.from(0, j)
                    };
                    let part = (a, b, to.from(top, left + j));
                    macro_rules! tiles {
                        ($($rows:literal)*) => {
                            // The guards `if const` are evaluated by rustc before code is
                            // generated, so tiles that are taller than `tallest` are not compiled.
                            match (height, columns > panel / 2) {
                                $(
                                    // SAFETY: in `part`, `a` and `to` have at least `height` rows,
                                    // and `to` has at least `columns` columns. `b` has 2 whole
                                    // vectors in each of `depth` rows: a full panel, or a packed
                                    // panel filled up with zeros. If `from > 0`, the first stretch
                                    // has initialised the tile.
                                    ($rows, true) if const { $rows <= tallest::<T::Vector<S>>() } => unsafe {
                                        tile::<S, T::Vector<S>, $rows, 2>(
                                            simd, part, [$rows, depth, columns], from > 0
                                        )
                                    },
                                    // SAFETY: in `part`, `a` and `to` have at least `height` rows,
                                    // and `to` has at least `columns` columns. `b` has at least 1
                                    // whole vector in each of `depth` rows. If `from > 0`, the
                                    // first stretch has initialised the tile.
                                    ($rows, false) if const { $rows <= tallest::<T::Vector<S>>() } => unsafe {
                                        tile::<S, T::Vector<S>, $rows, 1>(
                                            simd, part, [$rows, depth, columns], from > 0
                                        )
                                    },
                                )*
                                _ => unreachable!("`height` gives one of these"),
                            }
                        };
                    }
                    tiles! { 12 6 5 4 3 2 1 }
                    j += columns;
                }
                top += height;
            }
            left += width;
        }
        from += depth;
    }
}

/// The most rows of the left operand for which the right operand is read in place instead of
/// packed, if each row of the right operand is contiguous. `row` is the stride from one row of the
/// right operand to the next. If these rows are a page or more apart, they evict each other from
/// the first-level cache, so the limit is lower. Tiles of 12 rows read the right operand less
/// often, so for them the limit is not lowered.
///
/// The limits were measured with 6 to 1024 rows: see "Packing" in benches/RESULTS.md.
#[cfg_attr(not(unoptimised), inline(always))]
fn rows_in_place<T, V>(row: isize) -> usize {
    const PAGE: usize = 4096;
    let apart = row.unsigned_abs().saturating_mul(size_of::<T>());
    if const { tallest::<V>() == MOST_ROWS } || apart < PAGE { 256 } else { 24 }
}

/// The most rows of a tile whose sums fit in the registers, if the tile is two vectors `V` wide: 12
/// on SIMD levels with 32 registers, and 6 on those with 16.
pub(in crate::kernels) const fn tallest<V>() -> usize {
    if size_of::<V>() == 64 || cfg!(target_arch = "aarch64") { MOST_ROWS } else { MOST_ROWS / 2 }
}

/// The number of rows of the next tile, if `rows` rows are left: at most as many as fit in the
/// registers. If 7 to 9 rows are left, they become two tiles of nearly equal heights.
#[cfg_attr(not(unoptimised), inline(always))]
pub(in crate::kernels) const fn height<V>(rows: usize) -> usize {
    match rows {
        12.. if const { tallest::<V>() == 12 } => 12,
        7..10 => rows.div_ceil(2),
        6.. => 6,
        _ => rows,
    }
}

/// Packs the first `width` columns of `b` into `to`, which holds a whole number of rows of `panel`
/// elements without gaps. Each row is filled up with zeros from column `width` on.
///
/// # Safety
/// `b` has as many rows as `to` holds, and at least `width` columns.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn pack_columns<S: Simd, T: Wide>(
    simd: S,
    b: Matrix<*const T>,
    width: usize,
    panel: usize,
    to: &mut [MaybeUninit<T>],
) {
    if b.row == 1 && b.column != 1 {
        let depth = to.len() / panel;
        // SAFETY: each of the `width` columns of `b` has `depth` contiguous elements. `to` has
        // `depth` rows of `panel` elements, and `width` is at most `panel`.
        unsafe {
            transpose(simd, (b.at, b.column), [width, depth], (to.as_mut_ptr().cast(), panel))
        };
        if width < panel {
            to.chunks_exact_mut(panel).for_each(
                #[cfg_attr(not(unoptimised), inline(always))]
                |row| row[width..].fill(MaybeUninit::new(T::ZERO)),
            );
        }
        return;
    }
    for (p, row) in to.chunks_exact_mut(panel).enumerate() {
        // SAFETY: `b` has a row `p`, with at least `width` columns.
        unsafe { copy(b.element(p, 0), b.column, &mut row[..width]) };
        row[width..].fill(MaybeUninit::new(T::ZERO));
    }
}

/// Packs `height` rows of `a`, with `depth` elements each, into `to`: row `r` begins at index
/// `r * ROW_STRIDE`.
///
/// # Safety
/// `a` has `height` rows and `depth` columns. `height` is at most `MOST_ROWS`, and `depth` at most
/// `ROW_STRIDE`.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn pack_rows<S: Simd, T: Wide>(
    simd: S,
    a: Matrix<*const T>,
    [height, depth]: [usize; 2],
    to: &mut [MaybeUninit<T>; MOST_ROWS * ROW_STRIDE],
) {
    if a.row == 1 && a.column != 1 {
        // SAFETY: each of the `depth` columns of `a` has `height` contiguous elements. `to` has at
        // least `height` rows of `ROW_STRIDE` elements, and `depth` is at most `ROW_STRIDE`.
        return unsafe {
            transpose(simd, (a.at, a.column), [depth, height], (to.as_mut_ptr().cast(), ROW_STRIDE))
        };
    }
    for (r, row) in to.chunks_exact_mut(ROW_STRIDE).enumerate().take(height) {
        // SAFETY: `r` is below `height`, and `a` has `height` rows of `depth` columns.
        unsafe { copy(a.element(r, 0), a.column, &mut row[..depth]) };
    }
}

/// Fills `to` with elements that are read from `from` on, `stride` elements apart.
///
/// # Safety
/// `to.len()` elements can be read from `from` on, `stride` elements apart.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn copy<T: Wide>(from: *const T, stride: isize, to: &mut [MaybeUninit<T>]) {
    if stride == 1 {
        // SAFETY: the stride is 1, so `to.len()` contiguous elements can be read from `from` on,
        // and a `MaybeUninit` may hold any element.
        to.copy_from_slice(unsafe { core::slice::from_raw_parts(from.cast(), to.len()) });
        return;
    }
    for (k, slot) in to.iter_mut().enumerate() {
        // SAFETY: the caller keeps this function's contract.
        slot.write(unsafe { from.wrapping_offset(stride.wrapping_mul(k as isize)).read() });
    }
}
