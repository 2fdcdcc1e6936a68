//! Square matrices, small ones above all: systems of linear equations by elimination with partial
//! pivoting, and the Cholesky factor.
//!
//! All of it is a fixed order of operations of single elements, each rounded by itself: the same
//! bits for every level, target and length of the other axis.
//!
//! Matrices of at most six rows have a function for their shapes, whose loops unroll; the others
//! share one, in which lengths are values.

use crate::element::Float;
use crate::run::dispatch;

/// The rows of a matrix, one after the other.
#[derive(Clone, Copy)]
struct MatrixRows<T> {
    at: *mut T,
    columns: usize,
}
impl<T: Float> MatrixRows<T> {
    /// The element of row `r` and column `c`.
    ///
    /// # Safety
    /// The matrix has it.
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn get(self, r: usize, c: usize) -> T {
        // SAFETY: the caller's promise.
        unsafe { *self.at.add(r * self.columns + c) }
    }
    /// # Safety
    /// As for [`get`](Self::get).
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn set(self, r: usize, c: usize, x: T) {
        // SAFETY: the caller's promise.
        unsafe { self.at.add(r * self.columns + c).write(x) }
    }
    /// Subtracts `factor` times row `from` of row `to`, from column `start` on.
    ///
    /// # Safety
    /// The matrix has both rows.
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn subtract(self, to: usize, from: usize, factor: T, start: usize) {
        for c in start..self.columns {
            // SAFETY: the caller's promise.
            unsafe { self.set(to, c, self.get(to, c).minus(factor.times(self.get(from, c)))) };
        }
    }
    /// Exchanges two rows, from column `start` on.
    ///
    /// # Safety
    /// The matrix has both.
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn exchange(self, r: usize, s: usize, start: usize) {
        for c in start..self.columns {
            // SAFETY: the caller's promise.
            unsafe {
                let x = self.get(r, c);
                self.set(r, c, self.get(s, c));
                self.set(s, c, x);
            }
        }
    }
}

/// Makes an upper triangle of `a`, of `n` rows, doing the same to the rows of `b`: in each column
/// the greatest magnitude that is left is the pivot, the first of equal ones. NaN is no pivot.
/// Gives whether rows were exchanged an odd number of times; or the first column without a pivot.
///
/// # Safety
/// The matrices have `n` rows, and `a` has `n` columns; they are borrowed exclusively.
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

/// Makes of `b`, of `n` rows and `m` columns, the solution of `a` times it: `a` is consumed.
///
/// # Safety
/// `a` has `n * n` elements and `b` `n * m`, borrowed exclusively.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn solved<T: Float>(a: *mut T, b: *mut T, n: usize, m: usize) -> Result<(), usize> {
    let (a, b) = (MatrixRows { at: a, columns: n }, MatrixRows { at: b, columns: m });
    // SAFETY: the caller's promise.
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

/// The most rows and columns of matrices that have a function of their own.
const UNROLLED: usize = 6;

/// Lengths as constants: rows of a square matrix, and columns on the right-hand side.
pub(crate) trait Lens {
    /// The two lengths, where they are known at compile time.
    const LENS: Option<[usize; 2]>;
}

/// Calls `body` with `lens`: those of `L`, where it has any. Where they are few, in a function for them,
/// whose loops unroll; else in one for all.
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

// What `by_lens` calls is made by functions of the element type alone: a closure is another for each
// of the parameters around it, and the function for all lengths would be one for each `L`.

/// Makes of `b`, of `n` rows and `m` columns, the solution of `a` times it; or gives the first
/// column without a pivot. `a` is consumed.
///
/// # Safety
/// `a` has `n * n` elements and `b` `n * m`, borrowed exclusively; the lengths are those of `L`,
/// where it has any.
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
        // SAFETY: the caller's promise.
        move |[n, m]| unsafe { solved(a, b, n, m) }
    }
    // SAFETY: the caller's promise.
    by_lens::<L, _>([n, m], unsafe { of(a, b) })
}

/// The determinant of `a`, of `n` rows, which is consumed: the product of the pivots.
///
/// # Safety
/// `a` has `n * n` elements, borrowed exclusively; `n` is the first length of `L`, where it has any.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) unsafe fn determinant<T: Float, L: Lens>(a: *mut T, n: usize) -> T {
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn of<T: Float>(a: *mut T) -> impl FnOnce([usize; 2]) -> T {
        #[cfg_attr(not(unoptimised), inline(always))]
        // SAFETY: the caller's promise.
        move |[n, _]| unsafe { product_of_pivots(a, n) }
    }
    // SAFETY: the caller's promise.
    by_lens::<L, _>([n, n], unsafe { of(a) })
}
/// # Safety
/// As for [`determinant`].
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
        // Of zeros it is 0, and of zeros and NaN, NaN.
        // SAFETY: `k` and `i` are below `n`.
        Err(k) => (k..n).fold(T::ZERO, |sum, i| sum.plus(unsafe { a.get(i, k) })),
    }
}

/// Makes of `a`, of `n` rows, its Cholesky factor, with zeros above the diagonal; or gives the first
/// place on the diagonal at which there is none. What is above the diagonal is not read.
///
/// # Safety
/// `a` has `n * n` elements, borrowed exclusively; `n` is the first length of `L`, where it has any.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) unsafe fn cholesky<T: Float, L: Lens>(a: *mut T, n: usize) -> Result<(), usize> {
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn of<T: Float>(a: *mut T) -> impl FnOnce([usize; 2]) -> Result<(), usize> {
        #[cfg_attr(not(unoptimised), inline(always))]
        // SAFETY: the caller's promise.
        move |[n, _]| unsafe { factored(a, n) }
    }
    // SAFETY: the caller's promise.
    by_lens::<L, _>([n, n], unsafe { of(a) })
}
/// # Safety
/// As for [`cholesky`].
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
