//! Products of floats by blocks: the inner axis is cut into stretches of which a block of the right
//! operand fits in the second-level cache, and the rows of a tile in the first.
//!
//! Both operands are packed straight from their strides, where that pays: the right one into panels as wide as a tile, the left one, a
//! tile's rows at a time, into rows that share no cache set.

use alloc::vec::Vec;
use core::mem::MaybeUninit;

use super::tile::{Wide, tile};
use super::transpose::transpose;
use super::{Matrix, ProductPart};
use crate::run::simd::{Simd, Vector};

/// How long a stretch of the inner axis is at most.
const DEPTH: usize = if cfg!(unoptimised) { 32 } else { 256 };
/// How many columns a block of the right operand has at most.
const WIDTH: usize = 512;
/// The most elements of the right operand that are packed on the stack; more are on the heap.
const ON_STACK: usize = if cfg!(unoptimised) { 128 } else { 2048 };
/// The most rows of a tile.
const MOST_ROWS: usize = 12;
/// How far apart the packed rows of the left operand are.
const ROW_STRIDE: usize = DEPTH + 16;

/// Writes `a (rows, inner) @ b (inner, columns)`; the inner axis is not empty.
///
/// # Safety
/// The matrices reach their elements, the destination exclusively.
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
    // Stretches of about one length each.
    let stretch = inner.div_ceil(inner.div_ceil(DEPTH).max(1));
    // Few rows do not repay packing the columns; those of the last panel are packed all the same, so
    // that a tile can read past them.
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
                // SAFETY: the block has `depth` rows, and so many columns from `at` on.
                unsafe { pack_columns(simd, b.from(0, at), panel.min(width - at), panel, to) };
            }
            let mut top = 0;
            while top < rows {
                let height = height::<T::Vector<S>>(rows - top);
                let mut a = a.from(top, from);
                if a.column != 1 || width > 4 * panel {
                    // SAFETY: so many rows and columns are left.
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
                            // Conditions that are constants to rustc itself, so that heights that there are not are not compiled.
                            match (height, columns > panel / 2) {
                                $(
                                    // SAFETY: the tile is in the destination, its rows in `a` and its columns in `b`, where those
                                    // of a panel are filled up; behind the first stretch the destination has been written.
                                    ($rows, true) if const { $rows <= tallest::<T::Vector<S>>() } => unsafe {
                                        tile::<S, T::Vector<S>, $rows, 2>(simd, part, [$rows, depth, columns], from > 0)
                                    },
                                    // SAFETY: as above.
                                    ($rows, false) if const { $rows <= tallest::<T::Vector<S>>() } => unsafe {
                                        tile::<S, T::Vector<S>, $rows, 1>(simd, part, [$rows, depth, columns], from > 0)
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

/// How many rows the left operand may have where the right one, whose columns lie side by side, is read
/// where it is: so many as do not repay packing it. Rows of the right operand that are a page or more
/// apart get in each other's way in the first cache, which tiles of many rows hardly notice.
///
/// Found by trying, at 6 to 1024 rows: benches/RESULTS.md, "Packing".
#[cfg_attr(not(unoptimised), inline(always))]
fn rows_in_place<T, V>(row: isize) -> usize {
    const PAGE: usize = 4096;
    let apart = row.unsigned_abs().saturating_mul(size_of::<T>());
    if const { tallest::<V>() == MOST_ROWS } || apart < PAGE { 256 } else { 24 }
}

/// How many rows of two vectors the registers hold as sums: there are 32 of them, or 16.
pub(in crate::kernels) const fn tallest<V>() -> usize {
    if size_of::<V>() == 64 || cfg!(target_arch = "aarch64") { MOST_ROWS } else { MOST_ROWS / 2 }
}

/// How many rows the next tile has, of those that are left: as many as the registers hold, or half of a rest that is little more.
#[cfg_attr(not(unoptimised), inline(always))]
pub(in crate::kernels) const fn height<V>(rows: usize) -> usize {
    match rows {
        12.. if const { tallest::<V>() == 12 } => 12,
        7..10 => rows.div_ceil(2),
        6.. => 6,
        _ => rows,
    }
}

/// Writes `width` columns of `b` side by side, filled up with zeros to `panel` of them, as many rows as `to` holds.
///
/// # Safety
/// `b` reaches so many rows and columns.
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
        // SAFETY: the columns have `depth` elements in one piece, and each row in `to` a place for them.
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
        // SAFETY: the row is one of `b`, and has `width` columns.
        unsafe { copy(b.element(p, 0), b.column, &mut row[..width]) };
        row[width..].fill(MaybeUninit::new(T::ZERO));
    }
}

/// Writes rows of `a`, each at a multiple of `ROW_STRIDE`.
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
        // SAFETY: of each column `height` elements are in one piece, and `to` has places for them.
        return unsafe {
            transpose(simd, (a.at, a.column), [depth, height], (to.as_mut_ptr().cast(), ROW_STRIDE))
        };
    }
    for (r, row) in to.chunks_exact_mut(ROW_STRIDE).enumerate().take(height) {
        // SAFETY: the row is one of `a`, and has `depth` columns.
        unsafe { copy(a.element(r, 0), a.column, &mut row[..depth]) };
    }
}

/// Copies as many elements as `to` holds, which are `stride` apart.
///
/// # Safety
/// They are there.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn copy<T: Wide>(from: *const T, stride: isize, to: &mut [MaybeUninit<T>]) {
    if stride == 1 {
        // SAFETY: the caller's promise; what was uninitialised may hold any element.
        to.copy_from_slice(unsafe { core::slice::from_raw_parts(from.cast(), to.len()) });
        return;
    }
    for (k, slot) in to.iter_mut().enumerate() {
        // SAFETY: the caller's promise.
        slot.write(unsafe { from.wrapping_offset(stride.wrapping_mul(k as isize)).read() });
    }
}
