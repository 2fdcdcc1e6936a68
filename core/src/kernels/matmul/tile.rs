//! The register tile of float products: the product of a few rows of the left operand `a` and a few
//! SIMD vectors of columns of the right operand `b`, summed in registers.
//!
//! ```text
//! sums[r][v] = 0, in registers
//! for each p along the inner axis:
//!     y[v] = vector v of row p of b
//!     for each row r: sums[r][v] += a[r][p] * y[v]      one scalar, repeated in a vector
//! write the sums, or add them to the destination
//! ```
//!
//! The tile is a function that is generic over the SIMD vectors. Each kernel chooses the size of
//! its tiles. Those of `blocked` have 6 rows of 2 vectors, or 12 rows of 2 if there are 32
//! registers. Those of `unpacked` have 4 rows of 2, and for small static shapes 4 of 2, 4 of 3 or 8
//! of 1.

use super::Matrix;
use crate::element::{Element, Numeric};
use crate::kernels::reduce::tree::each;
use crate::run::simd::{Short, Simd, Vector};

/// An element type with SIMD vectors: `f32` or `f64`.
pub(in crate::kernels) trait Wide: Numeric {
    /// The longest SIMD vector of the SIMD level `S`.
    type Vector<S: Simd>: Vector<S, Element = Self>;
    /// A SIMD vector of 128 bits, which every SIMD level has.
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

/// Writes the product of `height` rows of `a` and `width` columns of `b` to `to`. If `add`, adds
/// the product to the elements of `to` instead.
///
/// `height` is at most `ROWS`, and `width` at most `VECTORS * V::LEN`. Even if `width` is less, the
/// tile reads `VECTORS` whole vectors in each row of `b`.
///
/// # Safety
/// `a` has `height` rows and `inner` columns. `b` has `inner` rows of `VECTORS * V::LEN` contiguous
/// elements. `to` has `height` rows and `width` columns, which nothing else accesses, and which are
/// initialised if `add`.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) unsafe fn tile<S: Simd, V: Vector<S>, const ROWS: usize, const VECTORS: usize>(
    simd: S,
    (a, b, to): (Matrix<*const V::Element>, Matrix<*const V::Element>, Matrix<*mut V::Element>),
    [height, inner, width]: [usize; 3],
    add: bool,
) where
    V::Element: Wide,
{
    // SAFETY: the caller keeps this function's contract.
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
                // SAFETY: `r` is below `height`, and `width` is `VECTORS * V::LEN`, so row `r` of
                // `to` has a whole vector from column `v * V::LEN` on. It is contiguous, because
                // `to.column` is 1, and initialised if `add`, as the caller promises.
                unsafe {
                    let sum = if add { V::load(simd, at).plus(sum) } else { sum };
                    sum.store(at);
                }
            }
        }
        return;
    }
    // SAFETY: each row of `sums` has `VECTORS * V::LEN` elements. By this function's contract `to`
    // has `height` rows and `width` columns, which nothing else accesses, and which are initialised
    // if `add`.
    unsafe {
        write_apart(sums.as_flattened().as_ptr().cast(), VECTORS * V::LEN, to, [height, width], add)
    };
}

/// Writes the first `width` elements of each of `height` rows of `sums` to `to`, one by one. If
/// `add`, adds them to the elements of `to` instead. This function is not inlined, because only
/// tiles at the edge of the destination, and destinations whose rows are not contiguous, need it.
///
/// # Safety
/// `sums` points to `height` rows of `columns` elements, and `width` is at most `columns`. `to` has
/// `height` rows and `width` columns, which nothing else accesses, and which are initialised if
/// `add`.
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
            // SAFETY: the caller keeps this function's contract.
            unsafe {
                let sum = sums.add(r * columns + c).read();
                at.write(if add { at.read().plus(sum) } else { sum });
            }
        }
    }
}

/// The column at which each of `VECTORS` vectors begins, if the vectors follow each other without
/// gaps.
const fn beside<S: Simd, V: Vector<S>, const VECTORS: usize>() -> [usize; VECTORS] {
    let (mut columns, mut v) = ([0; VECTORS], 0);
    while v < VECTORS {
        columns[v] = v * V::LEN;
        v += 1;
    }
    columns
}

/// The sums of a tile: the products of `height` rows of `a` with the vectors of `b` that begin at
/// each of `columns`. `height` is at most `ROWS`.
///
/// # Safety
/// `a` has `height` rows and `inner` columns. `b` has `inner` rows, each with `V::LEN` contiguous
/// elements from each of `columns` on.
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
    // The sums start from -0.0, because -0.0 + x is x for every float x. So the compiler can remove
    // the first additions where the loop unrolls. But a sum of no products must be +0.0.
    let none = if inner == 0 { V::Element::ZERO } else { V::Element::ADDITIVE_IDENTITY };
    let mut sums = [[V::splat(simd, none); VECTORS]; ROWS];
    let (mut a, mut row) = (a, b.at);
    for _ in 0..inner {
        let vectors: [V; VECTORS] = each(
            #[cfg_attr(not(unoptimised), inline(always))]
            // SAFETY: `row` is one of the `inner` rows of `b`, with a vector from `columns[v]` on.
            |v| unsafe { V::load(simd, row.wrapping_add(columns[v])) },
        );
        for (r, sums) in sums.iter_mut().enumerate().take(height) {
            // SAFETY: `r` is below `height`, and `a` points to one of the `inner` columns.
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
