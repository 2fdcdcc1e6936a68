//! The hand-written matrix product: a register tile, over packed panels of one operand that stay in
//! the L1 cache and a packed block of the other in the L2 cache (Goto and van de Geijn, 2008).
//! Short rows are read in place: packing them costs more than it gains.

use super::memory::Buffer;
use super::vector::{Level, Vector, at_level};

/// The inner length of a block.
const INNER: usize = 256;
/// The approximate number of rows of a block: a whole number of tiles.
const BLOCK: usize = 192;
/// The height of the tallest tile.
const TALLEST: usize = 12;

/// Memory for the packed operands.
pub struct Packed {
    a: Buffer,
    b: Buffer,
}

impl Packed {
    /// Memory for a product with this number of columns.
    pub fn new(columns: usize) -> Self {
        Self { a: Buffer::zeros((BLOCK + TALLEST) * INNER), b: Buffer::zeros(INNER * columns) }
    }
}

/// Writes `a (m, k) @ b (k, n)` to `out`, all row-major, where n is a multiple of 32.
pub fn product(
    level: Level,
    out: &mut [f32],
    a: &[f32],
    b: &[f32],
    shape: [usize; 3],
    packed: &mut Packed,
) {
    by_level(level, out, a, b, shape, &mut packed.a, &mut packed.b);
}

at_level! {
    /// As [`product`], compiled for each level.
    by_level = kernel(out: &mut [f32], a: &[f32], b: &[f32], shape: [usize; 3], packed_a: &mut [f32], packed_b: &mut [f32]);
}

#[inline(always)]
unsafe fn kernel<V: Vector>(
    out: &mut [f32],
    a: &[f32],
    b: &[f32],
    [m, k, n]: [usize; 3],
    packed_a: &mut [f32],
    packed_b: &mut [f32],
) {
    let (height, width) = (V::TILE, 2 * V::LANES);
    assert!(a.len() == m * k && b.len() == k * n && out.len() == m * n && n.is_multiple_of(width));
    assert!(
        packed_a.len() >= (BLOCK + TALLEST) * INNER
            && packed_b.len() >= INNER * n
            && height <= TALLEST
    );
    for first in (0..k).step_by(INNER) {
        let inner = INNER.min(k - first);
        pack_columns(packed_b, &b[first * n..], inner, n, width);
        for top in (0..m).step_by(BLOCK / height * height) {
            let rows = (BLOCK / height * height).min(m - top);
            let a = &a[top * k + first..];
            let packs = k > INNER;
            if packs {
                pack_rows(packed_a, a, inner, rows, k, height);
            }
            for (panel, j) in (0..n).step_by(width).enumerate() {
                let b = &packed_b[panel * inner * width..][..inner * width];
                for (tile, i) in (0..rows).step_by(height).enumerate() {
                    let rows = height.min(rows - i);
                    let to = &mut out[(top + i) * n + j..];
                    assert!(to.len() >= (rows - 1) * n + width);
                    if packs {
                        let a = &packed_a[tile * inner * height..][..inner * height];
                        // SAFETY: the panels are `inner` long, and the tile's rows, `n` apart, are
                        // within `to`.
                        unsafe {
                            tile_of::<V>(
                                to,
                                n,
                                rows,
                                |r, p| *a.get_unchecked(p * V::TILE + r),
                                b,
                                inner,
                                first > 0,
                            )
                        }
                    } else {
                        // Rows past the last repeat the last one, and are not written.
                        let starts: [&[f32]; TALLEST] =
                            core::array::from_fn(|r| &a[(i + r.min(rows - 1)) * k..][..inner]);
                        // SAFETY: the starts are `inner` long, and the tile's rows, `n` apart, are
                        // within `to`.
                        unsafe {
                            tile_of::<V>(
                                to,
                                n,
                                rows,
                                |r, p| *starts[r].get_unchecked(p),
                                b,
                                inner,
                                first > 0,
                            )
                        }
                    }
                }
            }
        }
    }
}

/// Packs panels as wide as a tile, row by row.
#[inline(always)]
fn pack_columns(packed: &mut [f32], b: &[f32], inner: usize, n: usize, width: usize) {
    for (panel, packed) in packed.chunks_exact_mut(inner * width).take(n / width).enumerate() {
        for (p, packed) in packed.chunks_exact_mut(width).enumerate() {
            packed.copy_from_slice(&b[p * n + panel * width..][..width]);
        }
    }
}

/// Packs panels as tall as a tile, column by column, padded with zeros.
#[inline(always)]
fn pack_rows(packed: &mut [f32], a: &[f32], inner: usize, rows: usize, k: usize, height: usize) {
    for (panel, packed) in
        packed.chunks_exact_mut(inner * height).take(rows.div_ceil(height)).enumerate()
    {
        for r in 0..height {
            let row = panel * height + r;
            let from = if row < rows { &a[row * k..][..inner] } else { &[0.0; INNER][..inner] };
            for (p, &x) in from.iter().enumerate() {
                packed[p * height + r] = x;
            }
        }
    }
}

/// One tile: its first `rows` rows are written, or added to the existing values.
///
/// # Safety
/// `a` must return an element for each row of a tile and each of `inner`. `b` must have `inner`
/// times a tile's width elements, and `to` must reach `rows` rows, `n` apart, of that width.
#[inline(always)]
unsafe fn tile_of<V: Vector>(
    to: &mut [f32],
    n: usize,
    rows: usize,
    a: impl Fn(usize, usize) -> f32,
    b: &[f32],
    inner: usize,
    adds: bool,
) {
    let (b, to) = (b.as_ptr(), to.as_mut_ptr());
    // SAFETY: the caller promises that `a`, `b` and `to` have these elements, and that the
    // processor has the instructions of `V`. (The loops of constant length are unrolled, and the
    // sums stay in registers.)
    unsafe {
        let mut sums = [[V::splat(0.0); 2]; TALLEST];
        for p in 0..inner {
            let columns =
                [V::load(b.add(p * 2 * V::LANES)), V::load(b.add(p * 2 * V::LANES + V::LANES))];
            for (r, sums) in sums.iter_mut().enumerate().take(V::TILE) {
                let x = V::splat(a(r, p));
                sums[0] = x.mul_add(columns[0], sums[0]);
                sums[1] = x.mul_add(columns[1], sums[1]);
            }
        }
        for (r, sums) in sums.iter().enumerate().take(V::TILE) {
            if r >= rows {
                break;
            }
            for (c, &sum) in sums.iter().enumerate() {
                let to = to.add(r * n + c * V::LANES);
                (if adds { sum.add(V::load(to)) } else { sum }).store(to);
            }
        }
    }
}
