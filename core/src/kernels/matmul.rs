//! Matrix products. The operands and the destination may have any strides, and any number of batch
//! axes. A [`ProductTask`] holds a pointer and one stride per axis for each operand and for the
//! destination. The stride is 0 along an axis that an operand stretches along. So a transposed
//! operand, or one that is broadcast over the batch axes, need not be copied before the product.
//!
//! The first of these cases that applies decides which kernel computes a product:
//!
//! 1. Two one-axis tensors: [`inner_product`], which adds in the order in which reductions add.
//! 2. Two dense matrices of static shapes, with up to 4,096 multiplications: [`small`]. Each pair
//!    of shapes has a function of its own, in which the lengths are constants. The smallest
//!    products are inlined into the caller.
//! 3. `f32` and `f64` at a SIMD level: [`floats`]. Its functions are compiled once for each SIMD
//!    level, in this crate; a user's crate only calls them. (When every tile was inlined into the
//!    caller, for each SIMD level and element type, the compiler took gigabytes of memory for a
//!    user's crate.) [`floats`] chooses
//!    - [`unpacked`] if the rows of the right operand are contiguous, and either there is no
//!      allocator, or the product has several rows and columns and up to 20,480 multiplications;
//!    - [`dots`] if the left operand has up to 32 rows and each column of the right operand is
//!      contiguous, as in a linear layer;
//!    - [`vector`] if one operand is a row or a column;
//!    - [`blocked`] otherwise.
//!
//!    [`unpacked`] and [`blocked`] share the register tile of [`tile`].
//! 4. Other element types, and floats at the scalar level: [`plain`], which calls [`scalar`] on
//!    targets without vectors.
//!
//! With the feature `rayon`, a large product of the cases 3 and 4 is first split into tasks
//! (`split`).
//!
//! A float product may use a fused multiply-add, and may sum along the inner axis in any order. At
//! every SIMD level an element is within `inner * epsilon * sum(|a| * |b|)` of the exact result.
//! Integer products wrap around on overflow.

#![cfg_attr(
    not(any(
        target_arch = "x86",
        target_arch = "x86_64",
        target_arch = "aarch64",
        all(target_arch = "wasm32", target_feature = "simd128")
    )),
    allow(dead_code, reason = "a target without vectors takes the loops over elements")
)]

use core::any::TypeId;

use crate::axes::{MAX_RANK, PerAxis};
use crate::element::{Numeric, StandIn};
use crate::kernels::reduce::lane::fold_lane;
use crate::kernels::reduce::sums::{Total, total};
use crate::kernels::reduce::tree::counter::LEVELS;
use crate::read::Strides;
use crate::run::dispatch;
use crate::run::level::Level;
use crate::shape::Instance;

#[cfg(feature = "alloc")]
mod blocked;
#[cfg(feature = "alloc")]
mod dots;
mod floats;
mod plain;
mod scalar;
mod small;
#[cfg(feature = "rayon")]
mod split;
mod tile;
#[cfg(feature = "alloc")]
mod transpose;
mod unpacked;
#[cfg(feature = "alloc")]
mod vector;

#[cfg(feature = "alloc")]
pub(super) use blocked::{height, tallest};
#[cfg(test)]
use small::lens_of;
pub(crate) use small::{is_sized, is_tiny, lens_of_two, sized, tiny};
#[cfg(feature = "alloc")]
pub(super) use tile::Wide;
#[cfg(feature = "alloc")]
pub(super) use transpose::transpose;

/// A matrix in memory: a pointer to its first element, and the strides from row to row and from
/// column to column.
#[derive(Clone, Copy, Debug)]
struct Matrix<P> {
    at: P,
    row: isize,
    column: isize,
}
macro_rules! matrix {
    ($($pointer:ty),*) => {$(
        impl<T> Matrix<$pointer> {
            /// The pointer to the element in row `r` and column `c`.
            #[cfg_attr(not(unoptimised), inline(always))]
            fn element(&self, r: usize, c: usize) -> $pointer {
                let offset = self
                    .row
                    .wrapping_mul(r as isize)
                    .wrapping_add(self.column.wrapping_mul(c as isize));
                self.at.wrapping_offset(offset)
            }
            /// The transposed matrix.
            #[cfg(feature = "alloc")]
            #[cfg_attr(not(unoptimised), inline(always))]
            fn transposed(&self) -> Self {
                Self { row: self.column, column: self.row, ..*self }
            }
            /// The part of the matrix from row `r` and column `c` on.
            #[cfg_attr(not(unoptimised), inline(always))]
            fn from(&self, r: usize, c: usize) -> Self {
                Self { at: self.element(r, c), ..*self }
            }
        }
    )*};
}
matrix!(*const T, *mut T);

/// One product of two matrices: the left operand, the right operand and the destination.
type ProductPart<T> = (Matrix<*const T>, Matrix<*const T>, Matrix<*mut T>);

/// A product to compute: `a (.., rows, inner) @ b (.., inner, columns)`, written to
/// `to (.., rows, columns)`.
///
/// Each of `a`, `b` and `to` has strides for two matrix axes (its last two) and for the batch axes
/// of the destination. An operand has stride 0 along a batch axis that it stretches along. If an
/// operand has only one axis, it lacks a matrix axis, and so does the destination. The stride along
/// a missing axis is 0.
///
/// The contract, which unsafe functions rely on: at every index, the strides of `a` and `b` lead to
/// an initialised element. The strides of `to` lead to a different element at every index, and
/// nothing else accesses the elements of `to` during the product.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ProductTask<T> {
    /// The left operand. Axis 0 is the inner axis, axis 1 the rows.
    pub(crate) a: Strides<*const T>,
    /// The right operand. Axis 0 is the columns, axis 1 the inner axis.
    pub(crate) b: Strides<*const T>,
    /// The destination.
    pub(crate) to: Strides<*mut T>,
    /// The lengths of the destination: the columns, the rows, then the batch axes.
    pub(crate) lens: PerAxis<usize>,
    /// The length of the inner axis.
    pub(crate) inner: usize,
}

impl<T> ProductTask<T> {
    /// This product, with batch axes merged into the rows where possible. A batch axis can be
    /// merged only if the right operand stretches along it. Also there must be only one row, or
    /// else the stride of the batch axis, both in `a` and in `to`, must be the row stride times the
    /// number of rows.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn folded(mut self) -> Self {
        let mut k = 2;
        while k < MAX_RANK && self.lens[k] == 1 {
            k += 1;
        }
        while k < MAX_RANK && self.b.strides[k] == 0 {
            if self.lens[k] != 1 {
                let rows = self.lens[1];
                let follows =
                    |strides: &PerAxis<isize>| strides[k] == strides[1].wrapping_mul(rows as isize);
                if rows == 1 {
                    self.a.strides[1] = self.a.strides[k];
                    self.to.strides[1] = self.to.strides[k];
                } else if !(follows(&self.a.strides) && follows(&self.to.strides)) {
                    break;
                }
                self.lens[1] = rows * self.lens[k];
                self.lens[k] = 1;
            }
            k += 1;
        }
        self
    }

    /// The matrices at index 0 of every batch axis.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn first(&self) -> ProductPart<T> {
        (
            Matrix { at: self.a.at, row: self.a.strides[1], column: self.a.strides[0] },
            Matrix { at: self.b.at, row: self.b.strides[1], column: self.b.strides[0] },
            Matrix { at: self.to.at, row: self.to.strides[1], column: self.to.strides[0] },
        )
    }

    /// Calls `body` with the matrices at each index of the batch axes.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn each_matrix(&self, mut body: impl FnMut(ProductPart<T>)) {
        let mut part = self.first();
        let mut index = [0; MAX_RANK];
        loop {
            body(part);
            let mut k = 2;
            loop {
                if k == MAX_RANK {
                    return;
                }
                index[k] += 1;
                let steps = if index[k] < self.lens[k] { 1 } else { 1 - self.lens[k] as isize };
                // `wrapping_offset`, because an operand may have no elements: the inner axis may
                // have length 0. The moved pointer is then outside the operand's memory, which
                // `offset` does not allow.
                part.0.at = part.0.at.wrapping_offset(self.a.strides[k].wrapping_mul(steps));
                part.1.at = part.1.at.wrapping_offset(self.b.strides[k].wrapping_mul(steps));
                part.2.at = part.2.at.wrapping_offset(self.to.strides[k].wrapping_mul(steps));
                if index[k] < self.lens[k] {
                    break;
                }
                index[k] = 0;
                k += 1;
            }
        }
    }

    /// This task with `U` as its element type, or `None` if `T` and `U` are different types.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn of<U: 'static>(&self) -> Option<ProductTask<U>>
    where
        T: 'static,
    {
        let (a, b, to) = (self.a, self.b, self.to);
        (TypeId::of::<T>() == TypeId::of::<U>()).then(|| ProductTask {
            a: Strides { at: a.at.cast(), strides: a.strides },
            b: Strides { at: b.at.cast(), strides: b.strides },
            to: Strides { at: to.at.cast(), strides: to.strides },
            lens: self.lens,
            inner: self.inner,
        })
    }
}

/// Computes `problem` at the SIMD level `level`, in several tasks if it is large.
///
/// # Safety
/// `problem` keeps the contract of [`ProductTask`].
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) unsafe fn product<T: Numeric>(level: Level, problem: ProductTask<T>) {
    if problem.lens.contains(&0) {
        return;
    }
    #[cfg(feature = "rayon")]
    if split::is_large(&problem) {
        return split::halved(&problem.folded(), &|part| {
            // SAFETY: `problem` keeps the contract of `ProductTask`. So does `part`, because
            // the parts write disjoint elements of the destination. No axis of a part is empty.
            unsafe { product_of(level, part) }
        });
    }
    // SAFETY: the caller keeps this function's contract, and no axis of the destination is empty.
    unsafe { product_of(level, problem) }
}

/// Computes `problem` in one task.
///
/// # Safety
/// `problem` keeps the contract of [`ProductTask`], and no axis of the destination is empty.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn product_of<T: Numeric>(level: Level, problem: ProductTask<T>) {
    // The functions called below are not inlined, so that little code is monomorphised for each
    // pair of shapes.
    macro_rules! floats {
        ($($float:ty: $few:ident, $each:ident;)*) => {$(
            if let Some(problem) = problem.of::<$float>() {
                let (part, [columns, rows, batch @ ..]) = (problem.first(), problem.lens);
                let lens = [rows, problem.inner, columns];
                return if batch == [1; MAX_RANK - 2] && floats::is_few(&part.1, lens) {
                    // SAFETY: the caller keeps this function's contract.
                    unsafe { floats::$few(level.vectors(), part, lens) }
                } else {
                    // SAFETY: the caller keeps this function's contract.
                    unsafe { floats::$each(level.vectors(), &problem) }
                };
            }
        )*};
    }
    floats! { f32: few_f32, each_f32; f64: few_f64, each_f64; }
    if const { !T::HAS_PRODUCTS } {
        // SAFETY: the caller keeps this function's contract.
        unsafe { integers(&problem) };
    }
}

/// Computes a product whose elements are neither `f32` nor `f64`.
///
/// # Safety
/// `problem` keeps the contract of [`ProductTask`], and no axis of the destination is empty.
#[inline(never)]
unsafe fn integers<T: Numeric>(problem: &ProductTask<T>) {
    dispatch::run(
        #[cfg_attr(not(unoptimised), inline(always))]
        // SAFETY: the caller keeps this function's contract.
        || unsafe { plain::each(problem) },
    );
}

/// Computes `problem`, which has no batch axes, on a target without vectors. `lens` is
/// `[rows, inner, columns]`, which are constants in the caller. The loops are inlined into the
/// caller if [`small::is_inlined`] holds.
///
/// # Safety
/// `problem` keeps the contract of [`ProductTask`], and has the lengths `lens`.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) unsafe fn product_of_two<T: Numeric>(problem: &ProductTask<T>, lens: [usize; 3]) {
    let part = problem.first();
    if small::is_inlined(lens) {
        // SAFETY: the caller keeps this function's contract.
        unsafe { scalar::product::<T, true>(part, lens) };
    } else {
        // SAFETY: the caller keeps this function's contract.
        unsafe { scalar::product::<T, false>(part, lens) };
    }
}

/// Writes the inner product of two one-axis tensors. The products are added in the order in which
/// reductions add. The inner product of two empty tensors is 0.
///
/// # Safety
/// `problem` keeps the contract of [`ProductTask`], and its destination has one element.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) unsafe fn inner_product<I: Instance, T: Numeric>(problem: ProductTask<T>) {
    let (a, b) = ((problem.a.at, problem.a.strides[0]), (problem.b.at, problem.b.strides[1]));
    // SAFETY: the caller keeps this function's contract.
    unsafe {
        let product = if const { I::IS_SHARED } {
            shared_dot(a, b, problem.inner)
        } else {
            dot(a, b, problem.inner)
        };
        problem.to.at.write(product);
    }
}

/// Calls [`dot`] in a function that is not inlined, so that all shapes share its code.
///
/// # Safety
/// The caller keeps the contract of [`dot`].
#[inline(never)]
unsafe fn shared_dot<T: Numeric>(a: (*const T, isize), b: (*const T, isize), len: usize) -> T {
    dispatch::run(
        #[cfg_attr(not(unoptimised), inline(always))]
        // SAFETY: the caller keeps this function's contract.
        || unsafe { dot(a, b, len) },
    )
}

/// The inner product of `a` and `b`, which have `len` elements each; 0 if `len` is 0. The products
/// are added in the order in which reductions add. `a` and `b` are each given by a pointer to the
/// first element and a stride.
///
/// # Safety
/// The stride of each of `a` and `b` leads from its pointer to `len` initialised elements.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn dot<T: Numeric>(a: (*const T, isize), b: (*const T, isize), len: usize) -> T {
    if len == 0 {
        return T::ZERO;
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn at<T>((first, stride): (*const T, isize), j: usize) -> *const T {
        first.wrapping_offset(stride.wrapping_mul(j as isize))
    }
    T::of_numeric(total(fold_lane::<<T as StandIn>::Numeric, Total, LEVELS>(
        len,
        #[cfg_attr(not(unoptimised), inline(always))]
        // SAFETY: `j` is below `len`, and both `a` and `b` have `len` elements.
        |j| unsafe { at(a, j).read().numeric().times(at(b, j).read().numeric()) },
        |_| (),
    )))
}

#[cfg(test)]
mod tests;
