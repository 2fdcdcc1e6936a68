//! Products of small dense matrices of static shapes. A pair of shapes has a function of its own,
//! which unrolls ([`sized`]). The smallest products are inlined into the caller ([`tiny`]), with
//! the vectors of the target's baseline and without a call.

use core::any::TypeId;

use super::{Matrix, ProductPart, plain, unpacked};
use crate::axes::AxisKind;
use crate::element::Numeric;
use crate::run::level::{HAS_VECTORS, Level};
use crate::run::simd::Simd;
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
use crate::run::simd::{Vectors, call_avx2};
use crate::shape::{List, ListOf, Shape};

/// The most multiplications of a product for which a function with constant lengths is
/// instantiated.
const SIZED: usize = 4096;

/// The most multiplications of a product that is inlined on a target without vectors.
const INLINED: usize = 64;

/// Whether a product of matrices of shapes `A` and `B` is computed by [`sized`]. Without vectors
/// such a function gains less: see [`lens_of_two`].
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

/// Whether a product for which [`is_sized`] holds is computed by [`tiny`]: it has so few
/// multiplications that a call takes longer than longer vectors save. As measured, this is so for 4
/// by 4 `f32`, but not for 5 by 5, nor for 4 by 4 `f64`.
pub(crate) const fn is_tiny<T, A: Shape, B: Shape>() -> bool {
    let [rows, inner, columns] = lens_of::<A, B>();
    is_sized::<A, B>() && rows * inner * columns * size_of::<T>() <= 256
}

/// The lengths `[rows, inner, columns]` of a product of matrices, with 0 for a length that is not
/// static.
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

/// On a target without vectors, the lengths `[rows, inner, columns]` of the product of shapes `A`
/// and `B`, at most one of which is a vector, if all lengths are static. On other targets `None`,
/// since their kernels gain nothing from it.
pub(crate) const fn lens_of_two<A: Shape, B: Shape>() -> Option<[usize; 3]> {
    if HAS_VECTORS || A::RANK > 2 || B::RANK > 2 || A::RANK + B::RANK < 3 {
        return None;
    }
    let (Some(_), Some(_)) = (A::STATIC_LEN, B::STATIC_LEN) else { return None };
    let [rows, inner, columns] = lens_of::<A, B>();
    Some([if A::RANK == 1 { 1 } else { rows }, inner, if B::RANK == 1 { 1 } else { columns }])
}

/// Whether a product on a target without vectors is inlined where it is computed.
pub(super) const fn is_inlined([rows, inner, columns]: [usize; 3]) -> bool {
    rows.saturating_mul(inner).saturating_mul(columns) <= INLINED
}

/// The matrices of shapes `A` and `B` and their product, all row-major and dense.
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

/// Writes the product of two dense matrices, in a function for their shapes. [`is_sized`] holds for
/// these.
///
/// # Safety
/// There are such matrices at `a` and `b`, and room for their product at `to`, exclusively.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) unsafe fn sized<T: Numeric, A: Shape, B: Shape>(
    level: Level,
    a: *const T,
    b: *const T,
    to: *mut T,
) {
    // The caller contains only the choice between two functions.
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    if let Some(avx2) = level.vectors().and_then(Vectors::avx2) {
        return call_avx2(
            avx2,
            #[cfg_attr(not(unoptimised), inline(always))]
            // SAFETY: the caller's promise.
            move |a, b, to| unsafe {
                unrolled(avx2, dense::<T, A, B>(a, b, to), const { lens_of::<A, B>() })
            },
            (a, b, to),
        );
    }
    // SAFETY: the caller's promise.
    unsafe { sized_without_avx2::<T, A, B>(level, a, b, to) };
}

/// As [`sized`], on machines without AVX2.
///
/// # Safety
/// As for [`sized`].
#[inline(never)]
unsafe fn sized_without_avx2<T: Numeric, A: Shape, B: Shape>(
    level: Level,
    a: *const T,
    b: *const T,
    to: *mut T,
) {
    // SAFETY: the caller's promise.
    unsafe { tiny::<T, A, B>(level, a, b, to) };
}

/// As [`sized`], inlined, for products for which [`is_tiny`] holds.
///
/// # Safety
/// As for [`sized`].
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
        // A tiny product takes vectors only if its rows are whole vectors. Overlapping vectors
        // would be stored in memory, and a copy of the result by longer vectors would wait for
        // those stores. The plain loops keep elements in registers, and the compiler makes vectors
        // of them.
        && const { !is_tiny::<T, A, B>() || (lens_of::<A, B>()[2] * size_of::<T>()).is_multiple_of(16) }
    {
        // SAFETY: the caller's promise.
        return unsafe { unrolled(least, part, lens) };
    }
    let _ = level;
    // SAFETY: the caller's promise.
    unsafe { plain::product(part, lens) };
}

/// Writes a product with the vectors of `simd` if `T` has any. The columns of the right operand are
/// adjacent.
///
/// # Safety
/// The matrices reach their elements, and the destination is exclusive.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn unrolled<S: Simd, T: Numeric>(simd: S, part: ProductPart<T>, lens: [usize; 3]) {
    // SAFETY, of each: the caller's promise.
    if let Some(part) = part_of::<T, f32>(part) {
        // SAFETY: as above.
        unsafe { unpacked::unrolled(simd, part, lens) };
    } else if let Some(part) = part_of::<T, f64>(part) {
        // SAFETY: as above.
        unsafe { unpacked::unrolled(simd, part, lens) };
    } else {
        // SAFETY: as above.
        unsafe { plain::product(part, lens) };
    }
}

/// The same matrices with elements of type `U`, if that is `T`.
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
