//! Chooses the kernel for a product of `f32` or `f64`. The functions here do not depend on shapes,
//! and are compiled in this crate, once for each SIMD level. So a program does not grow with the
//! number of its shapes.

use super::tile::Wide;
use super::{Matrix, ProductPart, ProductTask, plain, unpacked};
#[cfg(feature = "alloc")]
use super::{blocked, dots, vector};
#[cfg(feature = "alloc")]
use crate::run::simd::Vector;
use crate::run::simd::{Simd, Vectors, with_vectors};

/// The most multiplications of a product that is computed without packing, because packing would
/// take longer than it saves.
const FEW: usize = 20 * 1024;

/// Whether [`unpacked`] computes the product of lengths `[rows, inner, columns]` whose right
/// operand is `b`: the product is small but has several rows and columns, and the rows of `b` are
/// contiguous.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn is_few<T>(b: &Matrix<*const T>, [rows, inner, columns]: [usize; 3]) -> bool {
    b.column == 1
        && rows > 1
        && columns > 1
        && rows.saturating_mul(inner).saturating_mul(columns) <= FEW
}

macro_rules! entries {
    ($($t:ty: $few:ident, $each:ident;)*) => {$(
        /// Writes a product of lengths `[rows, inner, columns]` for which [`is_few`] holds, without
        /// batch axes. Such a product takes so little time that a loop over batch axes would be a
        /// notable part of it.
        ///
        /// # Safety
        /// `part` has the lengths `lens`: its pointers and strides lead to all elements of matrices
        /// of these lengths. Nothing else accesses the elements of the destination. [`is_few`]
        /// holds.
        pub(super) unsafe fn $few(
            vectors: Option<Vectors>,
            part: ProductPart<$t>,
            lens: [usize; 3],
        ) {
            with_vectors!(
                vectors,
                // SAFETY: the caller keeps this function's contract.
                simd => unsafe { few(simd, part, lens) },
                // SAFETY: the caller keeps this function's contract.
                unsafe { plain::product(part, lens) }
            );
        }

        /// Computes `problem` with the SIMD instructions `vectors`, or by [`plain`] if `vectors` is
        /// `None`, at the scalar level.
        ///
        /// # Safety
        /// `problem` keeps the contract of [`ProductTask`], and no axis of the destination is
        /// empty.
        pub(super) unsafe fn $each(vectors: Option<Vectors>, problem: &ProductTask<$t>) {
            with_vectors!(
                vectors,
                // SAFETY: the caller keeps this function's contract.
                simd => unsafe { each(simd, problem) },
                // SAFETY: the caller keeps this function's contract.
                unsafe { plain::each(problem) }
            );
        }
    )*};
}
entries! { f32: few_f32, each_f32; f64: few_f64, each_f64; }

/// Writes a product by [`unpacked`]. This function is not inlined, so that single products and
/// batches of products share its code.
///
/// # Safety
/// `part` has the lengths `lens`: its pointers and strides lead to all elements of matrices of
/// these lengths. Nothing else accesses the elements of the destination. The rows of the right
/// operand are contiguous, or `inner` is 0.
#[inline(never)]
unsafe fn few<S: Simd, T: Wide>(simd: S, part: ProductPart<T>, lens: [usize; 3]) {
    simd.vectorize(
        #[cfg_attr(not(unoptimised), inline(always))]
        // SAFETY: the caller keeps this function's contract.
        || unsafe { unpacked::product(simd, part, lens) },
    );
}

/// Computes `problem` with the SIMD instructions of `simd`.
///
/// # Safety
/// `problem` keeps the contract of [`ProductTask`], and no axis of the destination is empty.
unsafe fn each<S: Simd, T: Wide>(simd: S, problem: &ProductTask<T>) {
    simd.vectorize(
        #[cfg_attr(not(unoptimised), inline(always))]
        // SAFETY: the caller keeps this function's contract.
        || unsafe { each_of(simd, problem.folded()) },
    );
}

/// Chooses a kernel for the products of `problem`, and computes one after another.
///
/// # Safety
/// `problem` keeps the contract of [`ProductTask`], and no axis of the destination is empty.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn each_of<S: Simd, T: Wide>(simd: S, problem: ProductTask<T>) {
    let ([columns, rows, ..], inner) = (problem.lens, problem.inner);
    let lens = [rows, inner, columns];
    problem.each_matrix(
        #[cfg_attr(not(unoptimised), inline(always))]
        |part| {
            if is_few(&part.1, lens) || inner == 0 {
                // SAFETY: the caller keeps this function's contract. The rows of the right operand
                // are contiguous because `is_few` holds, or `inner` is 0.
                return unsafe { few(simd, part, lens) };
            }
            #[cfg(feature = "alloc")]
            // SAFETY: the caller keeps this function's contract, and `inner` is not 0.
            unsafe {
                large(simd, part, lens);
            }
            #[cfg(not(feature = "alloc"))]
            // SAFETY: the caller keeps this function's contract. `few` is called only if the rows
            // of the right operand are contiguous.
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

/// Writes a product of two matrices for which [`is_few`] does not hold.
///
/// # Safety
/// The pointers and strides lead to all elements of the matrices: `a` has `rows` rows and `inner`
/// columns, `b` has `inner` rows and `columns` columns, and `to` has `rows` rows and `columns`
/// columns. Nothing else accesses the elements of `to`. `inner` is not 0.
#[cfg(feature = "alloc")]
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn large<S: Simd, T: Wide>(
    simd: S,
    (a, b, to): ProductPart<T>,
    [rows, inner, columns]: [usize; 3],
) {
    // A SIMD vector holds neighbouring elements of a row of the destination, so the rows should be
    // contiguous and at least as long as a vector. If they are not, the transposed product is
    // computed instead, transposed(b) @ transposed(a), written to transposed(to), provided that the
    // columns are longer than the rows, and contiguous unless there is only one column.
    let along_columns = to.column == 1 && columns >= const { <T::Vector<S> as Vector<S>>::LEN };
    let swap = !along_columns && (to.row == 1 || columns == 1) && rows > columns;
    let (part, [rows, inner, columns]) = if swap {
        ((b.transposed(), a.transposed(), to.transposed()), [columns, inner, rows])
    } else {
        ((a, b, to), [rows, inner, columns])
    };
    // SAFETY: the caller keeps this function's contract.
    unsafe {
        if rows > 1 && dots::pays(&part, [rows, inner, columns]) {
            dots::product::<S, T>(simd, part, [rows, inner, columns]);
        } else if rows > 1 || !vector::product::<S, T>(simd, part, [inner, columns]) {
            blocked::product::<S, T>(simd, part, [rows, inner, columns]);
        }
    }
}
