//! The register tile of products of floats: a few rows of the left operand by a few vectors of
//! columns of the right one.
//!
//! ```text
//! sums[r][v] = 0, in registers
//! for each p along the inner axis:
//!     y[v] = vector v of row p of b
//!     for each row r: sums[r][v] += a[r][p] * y[v]      one scalar, repeated in a vector
//! write the sums, or add them to the destination
//! ```
//!
//! It is one generic function over the vectors of the level. Its size depends on the kernel: 6 rows
//! by 2 vectors in `blocked`, or 12 by 2 if there are 32 registers; 4 by 2 in `unpacked`; 4 by 2, 4
//! by 3 or 8 by 1 for small shapes.

use super::Matrix;
use crate::element::{Element, Numeric};
use crate::kernels::reduce::tree::each;
use crate::run::simd::{Short, Simd, Vector};

/// An element type with vectors: `f32` or `f64`.
pub(in crate::kernels) trait Wide: Numeric {
    /// A register of the level.
    type Vector<S: Simd>: Vector<S, Element = Self>;
    /// A register of 128 bits.
    type Short<S: Simd>: Short<S, Element = Self>;
}
impl Wide for f32 {
    type Vector<S: Simd> = S::F32s;
    type Short<S: Simd> = S::F32x4;
}
impl Wide for f64 {
    type Vector<S: Simd> = S::F64s;
    type Short<S: Simd> = S::F64x2;
}

/// Writes the product of `height` rows of `a` and `width` columns of `b`, or adds it to the
/// destination if `add`.
///
/// `height` is at most `ROWS`, and `width` at most the elements of `VECTORS` vectors. Whole vectors
/// of `b` are read.
///
/// # Safety
/// `a` reaches `height` × `inner` elements, and `b` reaches `inner` rows of `VECTORS` adjacent
/// vectors. `to` reaches `height` × `width` elements, exclusively, which are initialised if `add`.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) unsafe fn tile<S: Simd, V: Vector<S>, const ROWS: usize, const VECTORS: usize>(
    simd: S,
    (a, b, to): (Matrix<*const V::Element>, Matrix<*const V::Element>, Matrix<*mut V::Element>),
    [height, inner, width]: [usize; 3],
    add: bool,
) where
    V::Element: Wide,
{
    // SAFETY: the caller's promise.
    let sums = unsafe {
        sums::<S, V, ROWS, VECTORS>(
            simd,
            a,
            b,
            [height, inner],
            const { beside::<S, V, VECTORS>() },
        )
    };
    if to.column == 1 && width == VECTORS * V::LEN {
        for (r, row) in sums.iter().enumerate().take(height) {
            for (v, &sum) in row.iter().enumerate() {
                let at = to.element(r, v * V::LEN);
                // SAFETY: row `r` and the vector of columns from `v * LEN` on are in the tile, and
                // are adjacent.
                unsafe {
                    let sum = if add { V::load(simd, at).plus(sum) } else { sum };
                    sum.store(at);
                }
            }
        }
        return;
    }
    // SAFETY: the tile has `VECTORS * LEN` columns, of which `width` are in the destination.
    unsafe {
        write_apart(sums.as_flattened().as_ptr().cast(), VECTORS * V::LEN, to, [height, width], add)
    };
}

/// Writes the first `width` columns of `height` rows of sums one by one, or adds them to the
/// destination if `add`. It is not inlined, as it is only for tiles at the edge and for
/// destinations whose columns are not adjacent.
///
/// # Safety
/// There are these sums, with `columns` elements per row. `to` reaches the elements, exclusively,
/// which are initialised if `add`.
#[inline(never)]
unsafe fn write_apart<T: Wide>(
    sums: *const T,
    columns: usize,
    to: Matrix<*mut T>,
    [height, width]: [usize; 2],
    add: bool,
) {
    for r in 0..height {
        for c in 0..width {
            let at = to.element(r, c);
            // SAFETY: the caller's promise.
            unsafe {
                let sum = sums.add(r * columns + c).read();
                at.write(if add { at.read().plus(sum) } else { sum });
            }
        }
    }
}

/// The first columns of `VECTORS` adjacent vectors.
const fn beside<S: Simd, V: Vector<S>, const VECTORS: usize>() -> [usize; VECTORS] {
    let (mut columns, mut v) = ([0; VECTORS], 0);
    while v < VECTORS {
        columns[v] = v * V::LEN;
        v += 1;
    }
    columns
}

/// The sums of the products of `height` rows with the vectors that begin at each of `columns`.
///
/// # Safety
/// As for [`tile`], without the destination.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) unsafe fn sums<S: Simd, V: Vector<S>, const ROWS: usize, const VECTORS: usize>(
    simd: S,
    a: Matrix<*const V::Element>,
    b: Matrix<*const V::Element>,
    [height, inner]: [usize; 2],
    columns: [usize; VECTORS],
) -> [[V; VECTORS]; ROWS]
where
    V::Element: Wide,
{
    // -0.0 is the additive identity, so where the loop unrolls the compiler removes the first
    // additions. Without any products the sum is 0.
    let none = if inner == 0 { V::Element::ZERO } else { V::Element::ADDITIVE_IDENTITY };
    let mut sums = [[V::splat(simd, none); VECTORS]; ROWS];
    let (mut a, mut row) = (a, b.at);
    for _ in 0..inner {
        let vectors: [V; VECTORS] = each(
            #[cfg_attr(not(unoptimised), inline(always))]
            // SAFETY: `b` has `inner` rows, with vectors at these columns.
            |v| unsafe { V::load(simd, row.wrapping_add(columns[v])) },
        );
        for (r, sums) in sums.iter_mut().enumerate().take(height) {
            // SAFETY: row `r` is below `height`, and the column is below `inner`.
            let x = V::splat(simd, unsafe { a.element(r, 0).read() });
            for (sum, &y) in sums.iter_mut().zip(&vectors) {
                *sum = x.times_plus(y, *sum);
            }
        }
        a.at = a.at.wrapping_offset(a.column);
        row = row.wrapping_offset(b.row);
    }
    sums
}
