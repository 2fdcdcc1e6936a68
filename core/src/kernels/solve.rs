//! Linear equations, determinants and Cholesky factors of square matrices, above all small ones.
//! Equations and determinants use elimination with partial pivoting.
//!
//! ```text
//! eliminate(a, b):                                   a becomes an upper triangle
//!     for column k:
//!         pivot = the row from k on with the largest |a[row, k]|; if several are equal, the first
//!         if this largest value is 0, or all values are NaN: fail at column k
//!         exchange row k and row pivot, in a and in b
//!         for each row i below k: subtract a[i, k] / a[k, k] times row k from row i, in a and in b
//! solve(a, b): eliminate, then
//!     for k from the last row to the first:
//!         divide row k of b by a[k, k]
//!         for each row i above k: subtract a[i, k] times row k of b from row i of b
//! determinant(a): eliminate, then multiply the elements of the diagonal;
//!     negate the product if the number of exchanges was odd
//!     if eliminate fails at column k: the result is 0, or NaN if a[row, k] is NaN in a row from k on
//! cholesky(a): for each row i, from the left,
//!     a[i, j] = (a[i, j] - sum over k < j of a[i, k] a[j, k]) / a[j, j]     for j < i
//!     a[i, i] = sqrt(left), where left = a[i, i] - sum over k < i of a[i, k]^2;
//!               fail at row i unless left > 0
//! ```
//!
//! The kernels operate on single elements in a fixed order, and round after each operation. So the
//! bits are the same at every SIMD level, on every target and for every number of right-hand sides.
//!
//! The callers copy the matrices to scratch first, and copy the result to the destination only if
//! there is a result. So on failure the destination keeps its elements.
//!
//! Each pair of static shapes of up to six rows and six right-hand sides has a function of its own,
//! whose loops unroll. All other shapes share one function, in which lengths are values.

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
    /// The matrix has an initialised element in row `r` and column `c`.
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn get(self, r: usize, c: usize) -> T {
        // SAFETY: the matrix has an element in row `r` and column `c`.
        unsafe { *self.at.add(r * self.columns + c) }
    }
    /// Sets the element in row `r` and column `c` to `x`.
    ///
    /// # Safety
    /// The matrix has a row `r` and a column `c`, and nothing else accesses the element there.
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn set(self, r: usize, c: usize, x: T) {
        // SAFETY: the matrix has a row `r` and a column `c`.
        unsafe { self.at.add(r * self.columns + c).write(x) }
    }
    /// Subtracts `factor` times row `from` from row `to`, in the columns from `start` on.
    ///
    /// # Safety
    /// The matrix has rows `from` and `to`, and nothing else accesses them.
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn subtract(self, to: usize, from: usize, factor: T, start: usize) {
        for c in start..self.columns {
            // SAFETY: the matrix has rows `from` and `to`, and `c` is below `self.columns`.
            unsafe { self.set(to, c, self.get(to, c).minus(factor.times(self.get(from, c)))) };
        }
    }
    /// Exchanges rows `r` and `s`, in the columns from `start` on.
    ///
    /// # Safety
    /// The matrix has rows `r` and `s`, and nothing else accesses them.
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn exchange(self, r: usize, s: usize, start: usize) {
        for c in start..self.columns {
            // SAFETY: the matrix has rows `r` and `s`, and `c` is below `self.columns`.
            unsafe {
                let x = self.get(r, c);
                self.set(r, c, self.get(s, c));
                self.set(s, c, x);
            }
        }
    }
}

/// Turns `a`, which has `n` rows, into an upper triangle, and applies the same row operations to
/// `b`. The elements below a pivot are not set to 0, because no function reads them again.
///
/// The pivot of column `k` is the element of largest magnitude in the rows from `k` on, and the
/// first such element if several are equal. A zero or a NaN is never a pivot. Returns whether rows
/// were exchanged an odd number of times, or as an error the first column without a pivot.
///
/// # Safety
/// `a` has `n` rows and `n` columns, and `b` has `n` rows. Their elements are initialised, and
/// nothing else accesses them.
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
            // SAFETY: `k` and `pivot` are below `n`.
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

/// Replaces `b`, which has `n` rows and `m` columns, by the solution `x` of `a x = b`, or returns
/// the first column without a pivot. `a` is overwritten.
///
/// # Safety
/// `a` points to `n * n` initialised elements and `b` to `n * m`. Nothing else accesses them.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn solved<T: Float>(a: *mut T, b: *mut T, n: usize, m: usize) -> Result<(), usize> {
    let (a, b) = (MatrixRows { at: a, columns: n }, MatrixRows { at: b, columns: m });
    // SAFETY: `a` has `n` rows and `n` columns, and `b` has `n` rows.
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

/// The maximum number of rows, and the maximum number of right-hand sides, for which each pair of
/// shapes has a function of its own.
const UNROLLED: usize = 6;

/// A type that may carry two lengths as constants: the number of rows of the square matrix, and the
/// number of columns of the right-hand side.
pub(crate) trait Lens {
    /// The two lengths, if they are known at compile time.
    const LENS: Option<[usize; 2]>;
}

/// Calls `body` with `lens`. If `L` has constant lengths, the caller passes these lengths in
/// `lens`. If the constant lengths are small, `body` is inlined into a function for them, whose
/// loops unroll. Otherwise `body` is inlined into [`any`], one function for all lengths.
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

// In `solve`, `determinant` and `cholesky`, an inner function `of` makes the closure that `by_lens`
// calls. The type of a closure depends on all type parameters of the function around it. Since the
// element type is the only parameter of `of`, the function `any`, which calls the closure, is
// monomorphised once per element type and not once for each `L`.

/// Replaces `b`, which has `n` rows and `m` columns, by the solution `x` of `a x = b`, or returns
/// the first column without a pivot. `a` is overwritten.
///
/// # Safety
/// `a` points to `n * n` initialised elements and `b` to `n * m`. Nothing else accesses them. If
/// `L` has constant lengths, they are `n` and `m`.
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
        // SAFETY: `by_lens` passes the `n` and `m` of `solve`, whose caller keeps its contract.
        move |[n, m]| unsafe { solved(a, b, n, m) }
    }
    // SAFETY: the caller keeps this function's contract.
    by_lens::<L, _>([n, m], unsafe { of(a, b) })
}

/// The determinant of `a`, which has `n` rows: the product of the pivots, or its negative if the
/// rows were exchanged an odd number of times. `a` is overwritten.
///
/// # Safety
/// `a` points to `n * n` initialised elements, which nothing else accesses. If `L` has constant
/// lengths, the first is `n`.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) unsafe fn determinant<T: Float, L: Lens>(a: *mut T, n: usize) -> T {
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn of<T: Float>(a: *mut T) -> impl FnOnce([usize; 2]) -> T {
        #[cfg_attr(not(unoptimised), inline(always))]
        // SAFETY: `by_lens` passes the `n` of `determinant`, whose caller keeps its contract.
        move |[n, _]| unsafe { product_of_pivots(a, n) }
    }
    // SAFETY: the caller keeps this function's contract.
    by_lens::<L, _>([n, n], unsafe { of(a) })
}
/// The determinant of `a`, for [`determinant`].
///
/// # Safety
/// `a` points to `n * n` initialised elements, which nothing else accesses.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn product_of_pivots<T: Float>(a: *mut T, n: usize) -> T {
    let a = MatrixRows { at: a, columns: n };
    // SAFETY: `a` has `n` rows and columns. The second matrix has 0 columns, so its pointer, which
    // is that of `a`, is never used.
    match unsafe { eliminate(a, MatrixRows { columns: 0, ..a }, n) } {
        Ok(odd) => {
            // SAFETY: `k` is below `n`.
            let product = (0..n).fold(T::ONE, |product, k| product.times(unsafe { a.get(k, k) }));
            if odd { product.negated() } else { product }
        }
        // Column `k` has no pivot, so from row `k` on it has only zeros and NaNs. The sum of these
        // elements is the determinant: NaN if there is a NaN, and otherwise 0.
        // SAFETY: `k` and `i` are below `n`.
        Err(k) => (k..n).fold(T::ZERO, |sum, i| sum.plus(unsafe { a.get(i, k) })),
    }
}

/// Replaces `a`, which has `n` rows, by its Cholesky factor, with zeros above the diagonal. If
/// there is no factor, returns the first index on the diagonal at which the computation fails.
/// Elements above the diagonal are not read.
///
/// # Safety
/// `a` points to `n * n` initialised elements, which nothing else accesses. If `L` has constant
/// lengths, the first is `n`.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) unsafe fn cholesky<T: Float, L: Lens>(a: *mut T, n: usize) -> Result<(), usize> {
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn of<T: Float>(a: *mut T) -> impl FnOnce([usize; 2]) -> Result<(), usize> {
        #[cfg_attr(not(unoptimised), inline(always))]
        // SAFETY: `by_lens` passes the `n` of `cholesky`, whose caller keeps its contract.
        move |[n, _]| unsafe { factored(a, n) }
    }
    // SAFETY: the caller keeps this function's contract.
    by_lens::<L, _>([n, n], unsafe { of(a) })
}
/// Computes the Cholesky factor of `a`, for [`cholesky`].
///
/// # Safety
/// `a` points to `n * n` initialised elements, which nothing else accesses.
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
