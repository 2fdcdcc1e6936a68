//! Chooses the kernel for a product of `f32` or `f64`. The functions here are compiled once, in
//! this crate, for each level, so programs do not grow with the number of their shapes.

use super::tile::Wide;
use super::{Matrix, ProductPart, ProductTask, plain, unpacked};
#[cfg(feature = "alloc")]
use super::{blocked, dots, vector};
#[cfg(feature = "alloc")]
use crate::run::simd::Vector;
use crate::run::simd::{Simd, Vectors, with_vectors};

/// The most multiplications of a product for which packing does not pay.
const FEW: usize = 20 * 1024;

/// Whether a product of `[rows, inner, columns]` is small enough for [`unpacked`]; `b` is the right
/// operand.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn is_few<T>(b: &Matrix<*const T>, [rows, inner, columns]: [usize; 3]) -> bool {
    b.column == 1
        && rows > 1
        && columns > 1
        && rows.saturating_mul(inner).saturating_mul(columns) <= FEW
}

macro_rules! entries {
    ($($t:ty: $few:ident, $each:ident;)*) => {$(
        /// Writes a product of two matrices of `[rows, inner, columns]` for which [`is_few`] holds.
        /// It has its own entry, because it takes little time.
        ///
        /// # Safety
        /// The matrices reach their elements, and the destination is exclusive.
        pub(super) unsafe fn $few(
            vectors: Option<Vectors>,
            part: ProductPart<$t>,
            lens: [usize; 3],
        ) {
            with_vectors!(
                vectors,
                // SAFETY: the caller's promise.
                simd => unsafe { few(simd, part, lens) },
                // SAFETY: the caller's promise.
                unsafe { plain::product(part, lens) }
            );
        }

        /// Computes `problem` at a level, and at the scalar level by [`plain`].
        ///
        /// # Safety
        /// As [`ProductTask`] says, and no axis of the destination is empty.
        pub(super) unsafe fn $each(vectors: Option<Vectors>, problem: &ProductTask<$t>) {
            with_vectors!(
                vectors,
                // SAFETY: the caller's promise.
                simd => unsafe { each(simd, problem) },
                // SAFETY: the caller's promise.
                unsafe { plain::each(problem) }
            );
        }
    )*};
}
entries! { f32: few_f32, each_f32; f64: few_f64, each_f64; }

/// Writes a product for which [`is_few`] holds, in a function of the level. Single products and
/// those in batches share it.
///
/// # Safety
/// The matrices reach their elements, and the destination is exclusive.
#[inline(never)]
unsafe fn few<S: Simd, T: Wide>(simd: S, part: ProductPart<T>, lens: [usize; 3]) {
    simd.vectorize(
        #[cfg_attr(not(unoptimised), inline(always))]
        // SAFETY: the caller's promise; `is_few` holds only if the columns are adjacent.
        || unsafe { unpacked::product(simd, part, lens) },
    );
}

/// # Safety
/// As [`ProductTask`] says, and no axis of the destination is empty.
unsafe fn each<S: Simd, T: Wide>(simd: S, problem: &ProductTask<T>) {
    simd.vectorize(
        #[cfg_attr(not(unoptimised), inline(always))]
        // SAFETY: the caller's promise.
        || unsafe { each_of(simd, problem.folded()) },
    );
}

/// # Safety
/// As [`ProductTask`] says, and no axis of the destination is empty.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn each_of<S: Simd, T: Wide>(simd: S, problem: ProductTask<T>) {
    let ([columns, rows, ..], inner) = (problem.lens, problem.inner);
    let lens = [rows, inner, columns];
    problem.each_matrix(
        #[cfg_attr(not(unoptimised), inline(always))]
        |part| {
            if is_few(&part.1, lens) || inner == 0 {
                // SAFETY: the caller's promise; the columns of the right operand are adjacent, or
                // empty.
                return unsafe { few(simd, part, lens) };
            }
            #[cfg(feature = "alloc")]
            // SAFETY: the caller's promise.
            unsafe {
                large(simd, part, lens);
            }
            #[cfg(not(feature = "alloc"))]
            // SAFETY: the caller's promise.
            unsafe {
                if part.1.column == 1 {
                    few(simd, part, lens);
                } else {
                    plain::product(part, lens);
                }
            }
        },
    );
}

/// Writes a product of two matrices that is too large for [`unpacked`].
///
/// # Safety
/// The matrices reach their elements, and the destination is exclusive. The inner axis is not
/// empty.
#[cfg(feature = "alloc")]
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn large<S: Simd, T: Wide>(
    simd: S,
    (a, b, to): ProductPart<T>,
    [rows, inner, columns]: [usize; 3],
) {
    // Vectors run along the columns. If the destination does not suit that, the transposed product
    // is computed, from the transposed operands in the other order.
    let along_columns = to.column == 1 && columns >= const { <T::Vector<S> as Vector<S>>::LEN };
    let swap = !along_columns && (to.row == 1 || columns == 1) && rows > columns;
    let (part, [rows, inner, columns]) = if swap {
        ((b.transposed(), a.transposed(), to.transposed()), [columns, inner, rows])
    } else {
        ((a, b, to), [rows, inner, columns])
    };
    // SAFETY: the caller's promise.
    unsafe {
        if rows > 1 && dots::pays(&part, [rows, inner, columns]) {
            dots::product::<S, T>(simd, part, [rows, inner, columns]);
        } else if rows > 1 || !vector::product::<S, T>(simd, part, [inner, columns]) {
            blocked::product::<S, T>(simd, part, [rows, inner, columns]);
        }
    }
}
