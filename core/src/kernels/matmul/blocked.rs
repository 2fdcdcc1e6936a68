//! Large products of floats, by blocks that fit in the caches.
//!
//! ```text
//! for each stretch of the inner axis (at most 256 long):
//!     for each block of columns (at most 512):
//!         pack the block of b into panels of 2 vectors, filled up with zeros;
//!             if b is read in place, only the columns that are less than a panel
//!         for each tile of 12, 6, .. or 1 rows:
//!             pack these rows of a, unless they are contiguous and the block has at most 4 panels
//!             for each panel:
//!                 the tile of the destination = (in later stretches: +=) rows of a times the panel
//! ```
//!
//! A packed block of the right operand fits in the second-level cache: 512 KiB of `f32`, on the
//! heap, or on the stack up to 2,048 elements. The packed rows of a tile fit in the first-level
//! cache, and are on the stack. Operands are packed straight from their strides.

use alloc::vec::Vec;
use core::mem::MaybeUninit;

use super::tile::{Wide, tile};
use super::transpose::transpose;
use super::{Matrix, ProductPart};
use crate::run::simd::{Simd, Vector};

/// The most elements of a stretch of the inner axis.
const DEPTH: usize = if cfg!(unoptimised) { 32 } else { 256 };
/// The most columns of a block of the right operand.
const WIDTH: usize = 512;
/// The most elements of the right operand that are packed on the stack. More are packed on the
/// heap.
const ON_STACK: usize = if cfg!(unoptimised) { 128 } else { 2048 };
/// The most rows of a tile.
const MOST_ROWS: usize = 12;
/// The distance between the packed rows of the left operand. It makes rows use different cache
/// sets.
const ROW_STRIDE: usize = DEPTH + 16;

/// Writes `a (rows, inner) @ b (inner, columns)`. The inner axis is not empty.
///
/// # Safety
/// The matrices reach their elements, and the destination is exclusive.
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
    // Cuts the inner axis into stretches of nearly equal lengths.
    let stretch = inner.div_ceil(inner.div_ceil(DEPTH).max(1));
    // With few rows, packing the columns does not pay. The columns that are less than a panel are
    // packed all the same, so that a tile can read past them.
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
                // SAFETY: the block has `depth` rows, and this many columns from `at` on.
                unsafe { pack_columns(simd, b.from(0, at), panel.min(width - at), panel, to) };
            }
            let mut top = 0;
            while top < rows {
                let height = height::<T::Vector<S>>(rows - top);
                let mut a = a.from(top, from);
                if a.column != 1 || width > 4 * panel {
                    // SAFETY: this many rows and columns are left.
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
                            // The conditions are constants to rustc itself, so that tiles of a
                            // height that does not occur are not compiled.
                            match (height, columns > panel / 2) {
                                $(
                                    // SAFETY: the tile is in the destination, its rows are in `a`
                                    // and its columns in `b`, where those of a packed panel are
                                    // filled up. After the first stretch the destination is
                                    // initialised.
                                    ($rows, true) if const { $rows <= tallest::<T::Vector<S>>() } => unsafe {
                                        tile::<S, T::Vector<S>, $rows, 2>(
                                            simd, part, [$rows, depth, columns], from > 0
                                        )
                                    },
                                    // SAFETY: as above.
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

/// The most rows of the left operand for which packing the right one does not pay, if its columns
/// are contiguous and it can be read in place. Rows of the right operand that are a page or more
/// apart evict each other from the first-level cache, which hardly matters to tiles of many rows.
///
/// Found by measuring, at 6 to 1024 rows: benches/RESULTS.md, "Packing".
#[cfg_attr(not(unoptimised), inline(always))]
fn rows_in_place<T, V>(row: isize) -> usize {
    const PAGE: usize = 4096;
    let apart = row.unsigned_abs().saturating_mul(size_of::<T>());
    if const { tallest::<V>() == MOST_ROWS } || apart < PAGE { 256 } else { 24 }
}

/// The most rows of a tile two vectors wide whose sums fit in the registers, of which there are 32
/// or 16.
pub(in crate::kernels) const fn tallest<V>() -> usize {
    if size_of::<V>() == 64 || cfg!(target_arch = "aarch64") { MOST_ROWS } else { MOST_ROWS / 2 }
}

/// The number of rows of the next tile, if `rows` are left: as many as fit in the registers, or
/// half of the rest if that is little more.
#[cfg_attr(not(unoptimised), inline(always))]
pub(in crate::kernels) const fn height<V>(rows: usize) -> usize {
    match rows {
        12.. if const { tallest::<V>() == 12 } => 12,
        7..10 => rows.div_ceil(2),
        6.. => 6,
        _ => rows,
    }
}

/// Packs `width` columns of `b`, filled up with zeros to `panel` columns, into rows that follow
/// each other in `to`, as many as it holds.
///
/// # Safety
/// `b` reaches this many rows and columns.
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
        // SAFETY: the columns have `depth` contiguous elements, and each row of `to` has a place
        // for each column.
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
        // SAFETY: this is a row of `b`, which has `width` columns.
        unsafe { copy(b.element(p, 0), b.column, &mut row[..width]) };
        row[width..].fill(MaybeUninit::new(T::ZERO));
    }
}

/// Packs rows of `a`, each at a multiple of `ROW_STRIDE` in `to`.
///
/// # Safety
/// `a` reaches `height` rows and `depth` columns.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn pack_rows<S: Simd, T: Wide>(
    simd: S,
    a: Matrix<*const T>,
    [height, depth]: [usize; 2],
    to: &mut [MaybeUninit<T>; MOST_ROWS * ROW_STRIDE],
) {
    if a.row == 1 && a.column != 1 {
        // SAFETY: each column has `height` contiguous elements, and `to` has places for them.
        return unsafe {
            transpose(simd, (a.at, a.column), [depth, height], (to.as_mut_ptr().cast(), ROW_STRIDE))
        };
    }
    for (r, row) in to.chunks_exact_mut(ROW_STRIDE).enumerate().take(height) {
        // SAFETY: this is a row of `a`, which has `depth` columns.
        unsafe { copy(a.element(r, 0), a.column, &mut row[..depth]) };
    }
}

/// Copies elements that are `stride` apart, as many as `to` holds.
///
/// # Safety
/// `from` reaches these elements.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn copy<T: Wide>(from: *const T, stride: isize, to: &mut [MaybeUninit<T>]) {
    if stride == 1 {
        // SAFETY: the caller's promise; `MaybeUninit` may hold any element.
        to.copy_from_slice(unsafe { core::slice::from_raw_parts(from.cast(), to.len()) });
        return;
    }
    for (k, slot) in to.iter_mut().enumerate() {
        // SAFETY: the caller keeps this function's contract.
        slot.write(unsafe { from.wrapping_offset(stride.wrapping_mul(k as isize)).read() });
    }
}
