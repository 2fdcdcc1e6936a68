//! Linear algebra.

use super::{ModeOf, ProductOf};
use crate::agreement;
use crate::broadcast::{MatMul, SolvedBy};
use crate::element::{Float, Numeric};
use crate::expr::{
    Attempt, Cholesky, Determinant, IntoExpr, Inverse, Lazy, Operand, Product, Shaped, Solution,
    Triangle, evaluate,
};
use crate::kernels::triangle::TriangleSide;
use crate::shape::{Carried, MatricesShape, SquareShape};
use crate::verify;

/// Linear algebra, on tensors and lazy expressions.
pub trait LinearAlgebra: IntoExpr {
    /// The matrix product: `(m, k)` with `(k, n)` gives `(m, n)`. A vector on the left is a row, on
    /// the right a column, and its axis is absent from the result: `(k,)` with `(k,)` gives `()`.
    /// Axes before the last two are batches, which broadcast as operands of an operator do:
    /// `(b, m, k)` with `(k, n)` gives `(b, m, n)`.
    ///
    /// NumPy's `matmul`, but stricter: the inner axes are the same type, and none stretches;
    /// batches stretch on one side only, but for `a.stretch().matmul(&b)`.
    ///
    /// Integers wrap. Products of floats may be summed in any order and with one rounding for a
    /// multiplication and an addition, which differs from one machine to another: each element is
    /// within `k * EPSILON * sum(|a| * |b|)` of the exact one. A vector with a vector is summed as
    /// [`sum`](crate::ops::Reduce::sum) is, with the same bits everywhere.
    ///
    /// Operands are read where they are, transposed views too. An operand that is an expression is
    /// computed first.
    ///
    /// # Panics
    /// Where the inner lengths are known at run time and differ, or those of batches;
    /// [`agree`](crate::agree()) asks beforehand.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// let (a, b) = (tensor![[1, 2], [3, 4]], tensor![[0, 1, 2], [1, 0, 2]]);
    /// assert_eq!(a.matmul(&b).to_tensor(), tensor![[2, 1, 6], [4, 3, 14]]);
    /// assert_eq!(a.matmul(&tensor![10, 1]).to_tensor(), tensor![12, 34]);
    /// ```
    /// ```compile_fail
    /// # use shapewright::{prelude::*, tensor};
    /// let (a, b) = (tensor![[1, 2], [3, 4]], tensor![[0, 1], [1, 0], [5, 5]]);
    /// let _ = a.matmul(&b); // (2, 2) with (3, 2)
    /// ```
    #[doc(alias("dot", "@", "mm", "bmm", "mv", "inner"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn matmul<Rhs: Operand<Self::Elem>>(self, rhs: Rhs) -> ProductOf<Self, Rhs>
    where
        Self::Elem: Numeric,
        Rhs::Shape: MatMul<Self::Shape, ModeOf<Self, Rhs>>,
    {
        const { verify::counted::<<Rhs::Shape as MatMul<Self::Shape, ModeOf<Self, Rhs>>>::Output>() };
        let (lhs, rhs) = (self.into_expr(), rhs.into_operand());
        agreement::multiply(lhs.shape(), rhs.shape());
        let shape = Carried::new(rhs.shape().matmul(lhs.shape()));
        agreement::counted(shape.get());
        Lazy(Product { lhs, rhs, shape })
    }

    /// Matrices with 0 above a diagonal: column j of row i stays where `j <= i + diagonal`. NumPy's
    /// `tril`. It is the main diagonal for 0, one above it for 1 and below it for -1. Of several axes
    /// the matrices are those of the last two. A lazy expression is computed as a whole first.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// let x = tensor![[1, 2, 3], [4, 5, 6], [7, 8, 9]];
    /// assert_eq!(x.tril(0).to_tensor(), tensor![[1, 0, 0], [4, 5, 0], [7, 8, 9]]);
    /// assert_eq!(x.tril(-1).to_tensor(), tensor![[0, 0, 0], [4, 0, 0], [7, 8, 0]]);
    ///
    /// // What each word may look at: itself, and those before it.
    /// let causal = tensor![true; 3, 3].tril(0).to_tensor();
    /// let scores = causal.where_(&x.map(|x| x as f32), f32::NEG_INFINITY).softmax(Axis::<1>).to_tensor();
    /// assert_eq!(scores.row(0), tensor![1.0, 0.0, 0.0]);
    /// ```
    #[doc(alias("lower_triangle", "causal mask"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    fn tril(self, diagonal: isize) -> Lazy<Triangle<Self::Node>>
    where
        Self::Shape: MatricesShape,
    {
        Lazy(Triangle { expr: self.into_expr(), side: TriangleSide::Lower, diagonal })
    }

    /// Matrices with 0 below a diagonal: column j of row i stays where `j >= i + diagonal`, as
    /// [`tril`](Self::tril). NumPy's `triu`.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// let x = tensor![[1, 2, 3], [4, 5, 6], [7, 8, 9]];
    /// assert_eq!(x.triu(0).to_tensor(), tensor![[1, 2, 3], [0, 5, 6], [0, 0, 9]]);
    /// assert_eq!(x.triu(1).to_tensor(), tensor![[0, 2, 3], [0, 0, 6], [0, 0, 0]]);
    /// ```
    #[doc(alias("upper_triangle"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    fn triu(self, diagonal: isize) -> Lazy<Triangle<Self::Node>>
    where
        Self::Shape: MatricesShape,
    {
        Lazy(Triangle { expr: self.into_expr(), side: TriangleSide::Upper, diagonal })
    }

    /// The solution of linear equations: of `(n, n)` for `(n,)` or for the columns of `(n, m)` the `x`
    /// for which `a.matmul(&x)` is `rhs`. NumPy's `linalg.solve`.
    ///
    /// By elimination with partial pivoting, for matrices that are small: a matrix of at most six rows
    /// takes a function whose loops unroll. The computed `x` is the exact solution of a system that
    /// differs by some `n * EPSILON` of its largest elements, and so far off as the condition of the
    /// matrix makes of that. The bits are the same on every target. Halves are computed with in `f32`.
    ///
    /// It is computed where a destination is named, `.to_array()`, `.to_tensor()` or
    /// [`out.try_assign(..)`](crate::Tensor::try_assign), which then gives a `Result`. Without the
    /// feature `alloc` the matrix and the right-hand side together have at most 16 KiB.
    ///
    /// # Errors
    /// [`SingularMatrix`](crate::SingularMatrix) where a column has no pivot, a number but 0: where the
    /// matrix is singular, and where it has a NaN. One on the right-hand side is passed on in its column. Rounding may
    /// leave a small pivot to a matrix that is singular, as to one that nearly is: the solution is far
    /// off then, and large.
    ///
    /// # Panics
    /// Where lengths of run time differ.
    ///
    /// ```
    /// use shapewright::{SingularMatrix, array, prelude::*};
    /// // 3 x + y = 9 and x + 2 y = 8
    /// let (a, b) = (array![[3.0, 1.0], [1.0, 2.0]], array![9.0, 8.0]);
    /// assert_eq!(a.solve(&b).to_array()?, array![2.0, 3.0]);
    /// assert!(array![[1.0, 2.0], [2.0, 4.0]].solve(&b).to_array().is_err());
    /// # Ok::<(), SingularMatrix>(())
    /// ```
    /// ```compile_fail
    /// # use shapewright::{array, prelude::*};
    /// let _ = array![[3.0, 1.0], [1.0, 2.0]].solve(&array![9.0, 8.0, 7.0]); // (2, 2) for (3,)
    /// ```
    #[doc(alias("lstsq", "lu", "gesv"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn solve<Rhs: Operand<Self::Elem>>(self, rhs: Rhs) -> Attempt<Solution<Self::Node, Rhs::Node>>
    where
        Self::Elem: Float,
        Self::Shape: SquareShape,
        Rhs::Shape: SolvedBy<<Self::Shape as SquareShape>::Axis, Self::Shape>,
    {
        Attempt(Solution::new(self.into_expr(), rhs.into_operand()))
    }

    /// The inverse of `(n, n)`, as [`solve`](Self::solve) for the columns of the identity. NumPy's
    /// `linalg.inv`. To multiply a vector by an inverse, `a.solve(&b)` is faster and closer.
    ///
    /// # Errors
    /// As [`solve`](Self::solve).
    ///
    /// # Panics
    /// Where the two lengths are known at run time and differ.
    ///
    /// ```
    /// use shapewright::{Length, SingularMatrix, Tensor, array, prelude::*, tensor};
    /// assert_eq!(array![[2.0, 1.0], [1.0, 1.0]].inv().to_array()?, array![[1.0, -1.0], [-1.0, 2.0]]);
    ///
    /// fn precision<N: Length>(covariance: &Tensor<f32, (N, N)>) -> Result<Tensor<f32, (N, N)>, SingularMatrix> {
    ///     covariance.inv().to_tensor()
    /// }
    /// assert_eq!(precision(&tensor![[2.0, 0.0], [0.0, 4.0]])?, tensor![[0.5, 0.0], [0.0, 0.25]]);
    /// # Ok::<(), SingularMatrix>(())
    /// ```
    /// ```compile_fail
    /// # use shapewright::{array, prelude::*};
    /// let _ = array![[2.0, 1.0, 0.0], [1.0, 1.0, 0.0]].inv(); // not square
    /// ```
    #[doc(alias("inverse", "try_inverse", "pinv"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn inv(self) -> Attempt<Inverse<Self::Node>>
    where
        Self::Elem: Float,
        Self::Shape: SquareShape,
    {
        Attempt(Inverse::new(self.into_expr()))
    }

    /// The determinant of `(n, n)`, computed at once: the product of the pivots of
    /// [`solve`](Self::solve), of which each is rounded. 0 where nothing but zeros is left of a
    /// column, 1 of no elements, and else NaN where there is one. NumPy's `linalg.det`.
    ///
    /// The product is taken in order, and is infinite or 0 where it leaves the range of the elements on
    /// the way.
    ///
    /// # Panics
    /// Where the two lengths are known at run time and differ.
    ///
    /// ```
    /// use shapewright::{array, prelude::*};
    /// assert_eq!(array![[0.0, 2.0], [3.0, 1.0]].det(), -6.0);
    /// assert_eq!(array![[1.0, 2.0], [2.0, 4.0]].det(), 0.0);
    /// ```
    #[doc(alias("determinant"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn det(self) -> Self::Elem
    where
        Self::Elem: Float,
        Self::Shape: SquareShape,
    {
        evaluate(Determinant::new(self.into_expr()))
    }

    /// The Cholesky factor of a symmetric and positive definite `(n, n)`: the lower triangle `l`, with
    /// zeros above it, for which `l.matmul(l.t())` is the matrix. NumPy's `linalg.cholesky`.
    ///
    /// The elements above the diagonal are not read, and taken to be those below. The product of the
    /// factors is within some `n * EPSILON` of the largest element of the matrix. It is computed where
    /// a destination is named, as [`solve`](Self::solve) is, and with as much memory.
    ///
    /// # Errors
    /// [`NotPositiveDefinite`](crate::NotPositiveDefinite) where what is left of an element of the
    /// diagonal is not above 0, or is NaN.
    ///
    /// # Panics
    /// Where the two lengths are known at run time and differ.
    ///
    /// ```
    /// use shapewright::{NotPositiveDefinite, array, prelude::*};
    /// let factor = array![[4.0, 2.0], [2.0, 10.0]].cholesky().to_array()?;
    /// assert_eq!(factor, array![[2.0, 0.0], [1.0, 3.0]]);
    /// assert!(array![[1.0, 2.0], [2.0, 1.0]].cholesky().to_array().is_err());
    /// # Ok::<(), NotPositiveDefinite>(())
    /// ```
    #[doc(alias("llt", "potrf"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn cholesky(self) -> Attempt<Cholesky<Self::Node>>
    where
        Self::Elem: Float,
        Self::Shape: SquareShape,
    {
        Attempt(Cholesky::new(self.into_expr()))
    }
}
impl<X: IntoExpr> LinearAlgebra for X {}
