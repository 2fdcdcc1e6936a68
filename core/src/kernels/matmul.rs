//! Matrix products of operands with any strides, to a destination with any strides, over any number
//! of batch axes. A [`ProductTask`] has three pointers with a stride per axis, 0 where an operand
//! stretches. So transposed operands and batches that broadcast are read where they are, and
//! nothing is copied as a whole.
//!
//! Which kernel computes a product:
//!
//! 1. Two vectors: the tree of sums ([`inner_product`]).
//! 2. Dense matrices of a static shape with up to 4,096 multiplications: [`small`]. Such shapes
//!    have a function of their own, in which the lengths are constants. The smallest products are
//!    inlined into the caller.
//! 3. Large products are cut into tasks first, with the feature `rayon` (`split`).
//! 4. Other products of `f32` and `f64`: [`floats`]. Its functions are compiled once, in this
//!    crate, for each level, and what is instantiated for a pair of shapes is a call. (Inlining all
//!    tiles into the caller, for each level and element type, took gigabytes of memory in a user's
//!    compiler.) There, a product goes to
//!    - [`unpacked`] if the rows of the right operand are contiguous and it has up to 20,480
//!      multiplications, or there is no allocator;
//!    - [`dots`] if up to 32 rows meet columns that are each contiguous, as in a linear layer;
//!    - [`vector`] if one side is a vector;
//!    - [`blocked`] otherwise.
//!
//!    These kernels share the register tile of [`tile`], except [`vector`] and [`dots`].
//! 5. Other element types, and floats at the scalar level: [`plain`]; on targets without vectors,
//!    [`scalar`].
//!
//! Floats may be multiplied and added with one rounding, and summed in any order along the inner
//! axis. An element is within `inner * epsilon * sum(|a| * |b|)` of the exact result, at every
//! level. Integers wrap, exactly.

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

/// The two operands and the destination of one product of matrices.
type ProductPart<T> = (Matrix<*const T>, Matrix<*const T>, Matrix<*mut T>);

/// A product to compute: `a (.., rows, inner) @ b (.., inner, columns)`, written to
/// `to (.., rows, columns)`.
///
/// All three have the rank of the destination's matrices and batch axes together. The stride of an
/// operand is 0 along a batch axis that it stretches along, and along the axis that a vector lacks.
///
/// Whoever makes one promises what the kernels rely on: the operands reach an element at each of
/// their indices, and so does the destination, a different one at each index and exclusively.
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
    /// The same product with batch axes turned into rows, where the right operand stretches along
    /// the axis, and the left operand and the destination can traverse it together with the rows.
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

    /// The matrices at the first index of the batch axes.
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
                // Wrapping: if the inner axis is empty an operand may have no elements at all.
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

    /// The same problem with elements of type `U`, if that is `T`.
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

/// Computes `problem` at `level`.
///
/// # Safety
/// As [`ProductTask`] says.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) unsafe fn product<T: Numeric>(level: Level, problem: ProductTask<T>) {
    if problem.lens.contains(&0) {
        return;
    }
    #[cfg(feature = "rayon")]
    if split::is_large(&problem) {
        return split::halved(&problem.folded(), &|part| {
            // SAFETY: the caller's promise; no two parts have elements of the destination in
            // common.
            unsafe { product_of(level, part) }
        });
    }
    // SAFETY: the caller's promise.
    unsafe { product_of(level, problem) }
}

/// As [`product`], without cutting it into tasks. No axis of the destination is empty.
///
/// # Safety
/// As [`ProductTask`] says.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn product_of<T: Numeric>(level: Level, problem: ProductTask<T>) {
    // None of these functions is inlined: little code should be instantiated for each pair of
    // shapes.
    macro_rules! floats {
        ($($float:ty: $few:ident, $each:ident;)*) => {$(
            if let Some(problem) = problem.of::<$float>() {
                let (part, [columns, rows, batch @ ..]) = (problem.first(), problem.lens);
                let lens = [rows, problem.inner, columns];
                return if batch == [1; MAX_RANK - 2] && floats::is_few(&part.1, lens) {
                    // SAFETY: the caller's promise.
                    unsafe { floats::$few(level.vectors(), part, lens) }
                } else {
                    // SAFETY: the caller's promise.
                    unsafe { floats::$each(level.vectors(), &problem) }
                };
            }
        )*};
    }
    floats! { f32: few_f32, each_f32; f64: few_f64, each_f64; }
    if const { !T::HAS_PRODUCTS } {
        // SAFETY: the caller's promise.
        unsafe { integers(&problem) };
    }
}

/// # Safety
/// As [`ProductTask`] says, and no axis of the destination is empty.
#[inline(never)]
unsafe fn integers<T: Numeric>(problem: &ProductTask<T>) {
    dispatch::run(
        #[cfg_attr(not(unoptimised), inline(always))]
        // SAFETY: the caller's promise.
        || unsafe { plain::each(problem) },
    );
}

/// Computes `problem` on a target without vectors. It has no batch axes, and its `[rows, inner,
/// columns]` are constants. It is inlined if [`small::is_inlined`] holds.
///
/// # Safety
/// As [`ProductTask`] says.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) unsafe fn product_of_two<T: Numeric>(problem: &ProductTask<T>, lens: [usize; 3]) {
    let part = problem.first();
    if small::is_inlined(lens) {
        // SAFETY: the caller's promise.
        unsafe { scalar::product::<T, true>(part, lens) };
    } else {
        // SAFETY: as above.
        unsafe { scalar::product::<T, false>(part, lens) };
    }
}

/// The product of two vectors, by the tree of sums. It is 0 if they are empty.
///
/// # Safety
/// As [`ProductTask`] says, and the destination has one element.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) unsafe fn inner_product<I: Instance, T: Numeric>(problem: ProductTask<T>) {
    let (a, b) = ((problem.a.at, problem.a.strides[0]), (problem.b.at, problem.b.strides[1]));
    // SAFETY: the caller's promise.
    unsafe {
        let product = if const { I::IS_SHARED } {
            shared_dot(a, b, problem.inner)
        } else {
            dot(a, b, problem.inner)
        };
        problem.to.at.write(product);
    }
}

/// As [`dot`], in a function that is not inlined.
///
/// # Safety
/// As for [`dot`].
#[inline(never)]
unsafe fn shared_dot<T: Numeric>(a: (*const T, isize), b: (*const T, isize), len: usize) -> T {
    dispatch::run(
        #[cfg_attr(not(unoptimised), inline(always))]
        // SAFETY: the caller's promise.
        || unsafe { dot(a, b, len) },
    )
}

/// The inner product of two vectors of `len` elements, by the tree of sums; 0 if they are empty. A
/// vector is given by a pointer to its first element, and a stride.
///
/// # Safety
/// Both vectors reach `len` elements.
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
        // SAFETY: `j` is below `len`.
        |j| unsafe { at(a, j).read().numeric().times(at(b, j).read().numeric()) },
        |_| (),
    )))
}

#[cfg(test)]
mod tests;
