//! Square matrices, above all small ones: linear equations and determinants by elimination with
//! partial pivoting, and the Cholesky factor.
//!
//! ```text
//! eliminate(a, b):                                   a becomes an upper triangle
//!     for column k:
//!         pivot = the row from k on with the largest |a[row, k]|, the first of equal ones
//!         if that is 0, or only NaN is left: fail at column k
//!         exchange rows k and pivot of a and of b
//!         for each row i below k: subtract a[i, k] / a[k, k] times row k from row i, in a and in b
//! solve(a, b): eliminate, then
//!     for k from the last row to the first:
//!         divide row k of b by a[k, k]; subtract a[i, k] times it from each row i above
//! determinant(a): eliminate, then the product of the diagonal, negated if the exchanges were odd
//! cholesky(a): row by row, in each from the left,
//!     a[i, j] = (a[i, j] - sum over k < j of a[i, k] a[j, k]) / a[j, j]     for j < i
//!     a[i, i] = sqrt(left), where left = a[i, i] - sum over k < i of a[i, k]^2;
//!               fail at row i unless left > 0
//! ```
//!
//! These are operations on single elements in a fixed order, each rounded by itself. So the bits
//! are the same at every level, on every target and for every number of right-hand sides.
//!
//! The callers copy the matrices to scratch first. So a destination of any strides is written only
//! if there is a result, and else keeps its elements.
//!
//! For matrices of at most six rows there is a function per pair of shapes, whose loops unroll. All
//! others share one function, in which lengths are values.

use crate::element::Float;
use crate::run::dispatch;

/// A row-major matrix.
#[derive(Clone, Copy)]
struct MatrixRows<T> {
    at: *mut T,
    columns: usize,
}
impl<T: Float> MatrixRows<T> {
    /// The element in row `r` and column `c`.
    ///
    /// # Safety
    /// The matrix has this element.
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn get(self, r: usize, c: usize) -> T {
        // SAFETY: the caller keeps this function's contract.
        unsafe { *self.at.add(r * self.columns + c) }
    }
    /// # Safety
    /// As for [`get`](Self::get).
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn set(self, r: usize, c: usize, x: T) {
        // SAFETY: the caller keeps this function's contract.
        unsafe { self.at.add(r * self.columns + c).write(x) }
    }
    /// Subtracts `factor` times row `from` from row `to`, from column `start` on.
    ///
    /// # Safety
    /// The matrix has both rows.
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn subtract(self, to: usize, from: usize, factor: T, start: usize) {
        for c in start..self.columns {
            // SAFETY: the caller keeps this function's contract.
            unsafe { self.set(to, c, self.get(to, c).minus(factor.times(self.get(from, c)))) };
        }
    }
    /// Exchanges two rows, from column `start` on.
    ///
    /// # Safety
    /// The matrix has both rows.
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn exchange(self, r: usize, s: usize, start: usize) {
        for c in start..self.columns {
            // SAFETY: the caller keeps this function's contract.
            unsafe {
                let x = self.get(r, c);
                self.set(r, c, self.get(s, c));
                self.set(s, c, x);
            }
        }
    }
}

/// Turns `a`, of `n` rows, into an upper triangle, and does the same operations on the rows of `b`.
/// In each column the element of largest magnitude that is left is the pivot, and the first of
/// equal ones. NaN is no pivot. Returns whether rows were exchanged an odd number of times, or else
/// the first column without a pivot.
///
/// # Safety
/// The matrices have `n` rows, `a` has `n` columns, and both are borrowed exclusively.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn eliminate<T: Float>(a: MatrixRows<T>, b: MatrixRows<T>, n: usize) -> Result<bool, usize> {
    let mut odd = false;
    for k in 0..n {
        let (mut greatest, mut pivot) = (T::ZERO, n);
        for i in k..n {
            // SAFETY: `i` and `k` are below `n`.
            let x = unsafe { a.get(i, k) }.abs();
            if x > greatest {
                (greatest, pivot) = (x, i);
            }
        }
        if pivot == n {
            return Err(k);
        }
        if pivot != k {
            odd = !odd;
            // SAFETY: both are below `n`.
            unsafe {
                a.exchange(k, pivot, k);
                b.exchange(k, pivot, 0);
            }
        }
        for i in k + 1..n {
            // SAFETY: `i` and `k` are below `n`.
            unsafe {
                let factor = a.get(i, k).divided(a.get(k, k));
                a.subtract(i, k, factor, k + 1);
                b.subtract(i, k, factor, 0);
            }
        }
    }
    Ok(odd)
}

/// Replaces `b`, of `n` rows and `m` columns, by the solution `x` of `a x = b`. `a` is overwritten.
///
/// # Safety
/// `a` has `n * n` elements and `b` has `n * m`, borrowed exclusively.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn solved<T: Float>(a: *mut T, b: *mut T, n: usize, m: usize) -> Result<(), usize> {
    let (a, b) = (MatrixRows { at: a, columns: n }, MatrixRows { at: b, columns: m });
    // SAFETY: the caller keeps this function's contract.
    unsafe { eliminate(a, b, n)? };
    for k in (0..n).rev() {
        // SAFETY: `k` and `i` are below `n`, `c` is below `m`.
        unsafe {
            let pivot = a.get(k, k);
            for c in 0..m {
                b.set(k, c, b.get(k, c).divided(pivot));
            }
            for i in 0..k {
                b.subtract(i, k, a.get(i, k), 0);
            }
        }
    }
    Ok(())
}

/// The most rows and columns of matrices with a function per pair of shapes.
const UNROLLED: usize = 6;

/// Lengths as constants: the rows of a square matrix, and the columns of the right-hand side.
pub(crate) trait Lens {
    /// The two lengths, if they are known at compile time.
    const LENS: Option<[usize; 2]>;
}

/// Calls `body` with `lens`, which are those of `L` if it has any. If they are small, that happens
/// in a function for these lengths, whose loops unroll; else in one for all lengths.
#[cfg_attr(not(unoptimised), inline(always))]
fn by_lens<L: Lens, R>(lens: [usize; 2], body: impl FnOnce([usize; 2]) -> R) -> R {
    if const { matches!(L::LENS, Some([0..=UNROLLED, 0..=UNROLLED])) } {
        unrolled::<L, R>(lens, body)
    } else {
        any(lens, body)
    }
}
#[inline(never)]
fn unrolled<L: Lens, R>(lens: [usize; 2], body: impl FnOnce([usize; 2]) -> R) -> R {
    body(L::LENS.unwrap_or(lens))
}
#[inline(never)]
fn any<R>(lens: [usize; 2], body: impl FnOnce([usize; 2]) -> R) -> R {
    dispatch::run(
        #[cfg_attr(not(unoptimised), inline(always))]
        || body(lens),
    )
}

// The closures that `by_lens` calls are made by functions with the element type as their only
// parameter. A closure's type depends on all type parameters around it, so otherwise the function
// for all lengths would be instantiated for each `L`.

/// Replaces `b`, of `n` rows and `m` columns, by the solution `x` of `a x = b`, or returns the
/// first column without a pivot. `a` is overwritten.
///
/// # Safety
/// `a` has `n * n` elements and `b` has `n * m`, borrowed exclusively. The lengths are those of
/// `L`, if it has any.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) unsafe fn solve<T: Float, L: Lens>(
    a: *mut T,
    b: *mut T,
    n: usize,
    m: usize,
) -> Result<(), usize> {
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn of<T: Float>(a: *mut T, b: *mut T) -> impl FnOnce([usize; 2]) -> Result<(), usize> {
        #[cfg_attr(not(unoptimised), inline(always))]
        // SAFETY: the caller keeps this function's contract.
        move |[n, m]| unsafe { solved(a, b, n, m) }
    }
    // SAFETY: the caller keeps this function's contract.
    by_lens::<L, _>([n, m], unsafe { of(a, b) })
}

/// The determinant of `a`, of `n` rows: the product of the pivots. `a` is overwritten.
///
/// # Safety
/// `a` has `n * n` elements, borrowed exclusively. `n` is the first length of `L`, if it has any.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) unsafe fn determinant<T: Float, L: Lens>(a: *mut T, n: usize) -> T {
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn of<T: Float>(a: *mut T) -> impl FnOnce([usize; 2]) -> T {
        #[cfg_attr(not(unoptimised), inline(always))]
        // SAFETY: the caller keeps this function's contract.
        move |[n, _]| unsafe { product_of_pivots(a, n) }
    }
    // SAFETY: the caller keeps this function's contract.
    by_lens::<L, _>([n, n], unsafe { of(a) })
}
/// # Safety
/// The caller keeps the contract of [`determinant`].
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn product_of_pivots<T: Float>(a: *mut T, n: usize) -> T {
    let a = MatrixRows { at: a, columns: n };
    // SAFETY: the caller's promise; a matrix without columns has no elements.
    match unsafe { eliminate(a, MatrixRows { columns: 0, ..a }, n) } {
        Ok(odd) => {
            // SAFETY: `k` is below `n`.
            let product = (0..n).fold(T::ONE, |product, k| product.times(unsafe { a.get(k, k) }));
            if odd { product.negated() } else { product }
        }
        // The rest of the column has zeros and NaN only: the determinant is NaN if there is a NaN,
        // else 0.
        // SAFETY: `k` and `i` are below `n`.
        Err(k) => (k..n).fold(T::ZERO, |sum, i| sum.plus(unsafe { a.get(i, k) })),
    }
}

/// Replaces `a`, of `n` rows, by its Cholesky factor, with zeros above the diagonal, or returns the
/// first index on the diagonal at which there is none. Elements above the diagonal are not read.
///
/// # Safety
/// `a` has `n * n` elements, borrowed exclusively. `n` is the first length of `L`, if it has any.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) unsafe fn cholesky<T: Float, L: Lens>(a: *mut T, n: usize) -> Result<(), usize> {
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn of<T: Float>(a: *mut T) -> impl FnOnce([usize; 2]) -> Result<(), usize> {
        #[cfg_attr(not(unoptimised), inline(always))]
        // SAFETY: the caller keeps this function's contract.
        move |[n, _]| unsafe { factored(a, n) }
    }
    // SAFETY: the caller keeps this function's contract.
    by_lens::<L, _>([n, n], unsafe { of(a) })
}
/// # Safety
/// The caller keeps the contract of [`cholesky`].
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn factored<T: Float>(a: *mut T, n: usize) -> Result<(), usize> {
    let a = MatrixRows { at: a, columns: n };
    for i in 0..n {
        for j in 0..i + 1 {
            // SAFETY: `i` and `j` are below `n`, and `k` is below `j`.
            unsafe {
                let mut left = a.get(i, j);
                for k in 0..j {
                    left = left.minus(a.get(i, k).times(a.get(j, k)));
                }
                if j < i {
                    a.set(i, j, left.divided(a.get(j, j)));
                } else if left > T::ZERO {
                    a.set(i, i, left.sqrt());
                } else {
                    return Err(i);
                }
            }
        }
        for j in i + 1..n {
            // SAFETY: `i` and `j` are below `n`.
            unsafe { a.set(i, j, T::ZERO) };
        }
    }
    Ok(())
}
