//! Products of small dense matrices of static shapes. For each pair of shapes [`sized`] is
//! monomorphised into a function whose loops unroll. [`tiny`] is for the smallest products: it is
//! inlined into the caller, so it uses only the SIMD instructions that the target has at compile
//! time.

use core::any::TypeId;

use super::{Matrix, ProductPart, plain, unpacked};
use crate::axes::AxisKind;
use crate::element::Numeric;
use crate::run::level::{HAS_VECTORS, Level};
use crate::run::simd::Simd;
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
use crate::run::simd::{Vectors, call_avx2};
use crate::shape::{List, ListOf, Shape};

/// [`sized`] computes only products of at most this many multiplications, in functions with
/// constant lengths.
const SIZED: usize = 4096;

/// On a target without vectors, a product of at most this many multiplications is inlined into the
/// caller.
const INLINED: usize = 64;

/// Whether a product of matrices of shapes `A` and `B` is computed by [`sized`]. On a target
/// without vectors this is false: there [`lens_of_two`] decides whether
/// [`product_of_two`](super::product_of_two) computes the product.
pub(crate) const fn is_sized<A: Shape, B: Shape>() -> bool {
    if !HAS_VECTORS || A::RANK != 2 || B::RANK != 2 {
        return false;
    }
    let [rows, inner, columns] = lens_of::<A, B>();
    rows > 1
        && inner > 0
        && columns > 1
        && rows <= SIZED
        && inner <= SIZED
        && columns <= SIZED
        && rows.saturating_mul(inner).saturating_mul(columns) <= SIZED
}

/// Whether a product for which [`is_sized`] holds is computed by [`tiny`]. Such a product has so
/// few multiplications that calling a function with wider SIMD vectors would cost more than these
/// vectors save. Measurements showed this for 4 by 4 `f32`, but not for 5 by 5 `f32` or 4 by 4
/// `f64`.
pub(crate) const fn is_tiny<T, A: Shape, B: Shape>() -> bool {
    let [rows, inner, columns] = lens_of::<A, B>();
    is_sized::<A, B>() && rows * inner * columns * size_of::<T>() <= 256
}

/// The lengths `[rows, inner, columns]` of the product of matrices of shapes `A` and `B`. The
/// length of an axis that is absent, or whose length is not static, is given as 0.
pub(super) const fn lens_of<A: Shape, B: Shape>() -> [usize; 3] {
    const fn len(kind: AxisKind) -> usize {
        match kind {
            AxisKind::Length(Some(len)) => len,
            AxisKind::Length(None) | AxisKind::Absent => 0,
            AxisKind::Stretching => 1,
        }
    }
    let (a, b) = (<ListOf<A> as List>::KINDS, <ListOf<B> as List>::KINDS);
    [len(a[1]), len(a[0]), len(b[0])]
}

/// The lengths `[rows, inner, columns]` of the product of shapes `A` and `B`, for
/// [`product_of_two`](super::product_of_two). `None` if a length is not static, if an operand has
/// batch axes, or if both operands have only one axis. On targets with vectors it is always `None`,
/// because [`is_sized`] is used instead.
pub(crate) const fn lens_of_two<A: Shape, B: Shape>() -> Option<[usize; 3]> {
    if HAS_VECTORS || A::RANK > 2 || B::RANK > 2 || A::RANK + B::RANK < 3 {
        return None;
    }
    let (Some(_), Some(_)) = (A::STATIC_LEN, B::STATIC_LEN) else { return None };
    let [rows, inner, columns] = lens_of::<A, B>();
    Some([if A::RANK == 1 { 1 } else { rows }, inner, if B::RANK == 1 { 1 } else { columns }])
}

/// Whether a product of these lengths is inlined into the caller on a target without vectors.
pub(super) const fn is_inlined([rows, inner, columns]: [usize; 3]) -> bool {
    rows.saturating_mul(inner).saturating_mul(columns) <= INLINED
}

/// The two operands of shapes `A` and `B` and their destination, as row-major matrices without
/// gaps.
#[cfg_attr(not(unoptimised), inline(always))]
fn dense<T, A: Shape, B: Shape>(a: *const T, b: *const T, to: *mut T) -> ProductPart<T> {
    let [_, inner, columns] = const { lens_of::<A, B>() };
    let (row, column) = (inner as isize, 1);
    let columns = columns as isize;
    (
        Matrix { at: a, row, column },
        Matrix { at: b, row: columns, column },
        Matrix { at: to, row: columns, column },
    )
}

/// Writes the product of two dense matrices, in a function for the shapes `A` and `B`, for which
/// [`is_sized`] holds.
///
/// # Safety
/// `a` and `b` point to dense row-major matrices of shapes `A` and `B`, and `to` to room for their
/// product, which nothing else accesses.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) unsafe fn sized<T: Numeric, A: Shape, B: Shape>(
    level: Level,
    a: *const T,
    b: *const T,
    to: *mut T,
) {
    // Only the choice between the function for AVX2 and `sized_without_avx2` is inlined into the
    // caller, not their loops.
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    if let Some(avx2) = level.vectors().and_then(Vectors::avx2) {
        return call_avx2(
            avx2,
            #[cfg_attr(not(unoptimised), inline(always))]
            // SAFETY: the caller keeps this function's contract.
            move |a, b, to| unsafe {
                unrolled(avx2, dense::<T, A, B>(a, b, to), const { lens_of::<A, B>() })
            },
            (a, b, to),
        );
    }
    // SAFETY: the caller keeps this function's contract.
    unsafe { sized_without_avx2::<T, A, B>(level, a, b, to) };
}

/// Does the work of [`sized`] at SIMD levels without AVX2.
///
/// # Safety
/// The caller keeps the contract of [`sized`].
#[inline(never)]
unsafe fn sized_without_avx2<T: Numeric, A: Shape, B: Shape>(
    level: Level,
    a: *const T,
    b: *const T,
    to: *mut T,
) {
    // SAFETY: the caller keeps this function's contract.
    unsafe { tiny::<T, A, B>(level, a, b, to) };
}

/// Does the work of [`sized`], but is inlined into the caller. It is called by expressions, if
/// [`is_tiny`] holds for the product, and by [`sized_without_avx2`], whatever the product.
///
/// # Safety
/// The caller keeps the contract of [`sized`].
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) unsafe fn tiny<T: Numeric, A: Shape, B: Shape>(
    level: Level,
    a: *const T,
    b: *const T,
    to: *mut T,
) {
    let (part, lens) = (dense::<T, A, B>(a, b, to), const { lens_of::<A, B>() });
    #[cfg(any(
        target_arch = "x86",
        target_arch = "x86_64",
        target_arch = "aarch64",
        all(target_arch = "wasm32", target_feature = "simd128")
    ))]
    if let Some(least) = level.vectors().map(crate::run::simd::least)
        // A tiny product uses SIMD vectors explicitly only if its rows are whole vectors of 16
        // bytes. Otherwise the last vector of a row would overlap the one before it. The result
        // would be stored in pieces, and a caller that loads it with wider vectors would wait for
        // these stores. The plain loops keep the elements in registers, and the compiler
        // vectorises them.
        && const { !is_tiny::<T, A, B>() || (lens_of::<A, B>()[2] * size_of::<T>()).is_multiple_of(16) }
    {
        // SAFETY: the caller keeps this function's contract.
        return unsafe { unrolled(least, part, lens) };
    }
    let _ = level;
    // SAFETY: the caller keeps this function's contract.
    unsafe { plain::product(part, lens) };
}

/// Writes a product with the SIMD vectors of `simd` if `T` is `f32` or `f64`, and otherwise by
/// plain loops. The rows of the right operand and of the destination are contiguous.
///
/// # Safety
/// `part` has the lengths `lens`: its pointers and strides lead to all elements of matrices of
/// these lengths. Nothing else accesses the elements of the destination.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn unrolled<S: Simd, T: Numeric>(simd: S, part: ProductPart<T>, lens: [usize; 3]) {
    if let Some(part) = part_of::<T, f32>(part) {
        // SAFETY: the caller keeps this function's contract.
        unsafe { unpacked::unrolled(simd, part, lens) };
    } else if let Some(part) = part_of::<T, f64>(part) {
        // SAFETY: the caller keeps this function's contract.
        unsafe { unpacked::unrolled(simd, part, lens) };
    } else {
        // SAFETY: the caller keeps this function's contract.
        unsafe { plain::product(part, lens) };
    }
}

/// The same matrices with `U` as their element type, or `None` if `T` and `U` are different types.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn part_of<T: 'static, U: 'static>(
    (a, b, to): ProductPart<T>,
) -> Option<ProductPart<U>> {
    (TypeId::of::<T>() == TypeId::of::<U>()).then(|| {
        (
            Matrix { at: a.at.cast(), row: a.row, column: a.column },
            Matrix { at: b.at.cast(), row: b.row, column: b.column },
            Matrix { at: to.at.cast(), row: to.row, column: to.column },
        )
    })
}
