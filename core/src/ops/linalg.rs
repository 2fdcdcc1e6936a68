//! Linear algebra: products, triangles, and the solution, inverse, determinant and Cholesky factor
//! of square matrices.

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
    /// The matrix product: `(m, k)` by `(k, n)` is `(m, n)`. A one-axis tensor is a row on the left
    /// and a column on the right; the axis of length 1 that is added to the operand is absent from
    /// the result, so `(k,)` by `(k,)` is `()`. Axes before the last two are batches, which
    /// broadcast like the operands of an operator: `(b, m, k)` by `(k, n)` is `(b, m, n)`.
    ///
    /// It is NumPy's `matmul`, but stricter: the inner axes must be of the same type, and neither
    /// stretches. Only one of the two operands may stretch along its batch axes; to let both
    /// stretch, write `a.stretch().matmul(&b)`.
    ///
    /// Integers wrap. Products of floats may be summed in any order and with fused multiply-adds,
    /// so the results differ from one machine to another. Each element is within `k * EPSILON *
    /// sum(|a| * |b|)` of the exact result. The product of two one-axis tensors is summed as
    /// [`sum`](crate::ops::Reduce::sum) is, with the same bits everywhere.
    ///
    /// Operands in memory are read in place, transposed views too. An operand that is an expression
    /// is computed first.
    ///
    /// # Panics
    /// If inner lengths, or lengths of batch axes, are known only at run time and differ;
    /// [`agree`](crate::agree()) checks them beforehand.
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

    /// NumPy's `tril`: sets the elements above a diagonal to 0. The element in row i and column j
    /// is kept if `j <= i + diagonal`. `diagonal` is 0 for the main diagonal, 1 for the diagonal
    /// above it, and -1 for the diagonal below it. With more than two axes, the last two are those
    /// of each matrix. All elements of a lazy expression are computed into memory first.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// let x = tensor![[1, 2, 3], [4, 5, 6], [7, 8, 9]];
    /// assert_eq!(x.tril(0).to_tensor(), tensor![[1, 0, 0], [4, 5, 0], [7, 8, 9]]);
    /// assert_eq!(x.tril(-1).to_tensor(), tensor![[0, 0, 0], [4, 0, 0], [7, 8, 0]]);
    ///
    /// // A causal mask: each word sees itself and the words before it.
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

    /// Sets the elements below a diagonal to 0: the element in row i and column j is kept if
    /// `j >= i + diagonal`. `diagonal` is 0 for the main diagonal, 1 for the diagonal above it, and
    /// -1 for the diagonal below it. NumPy's `triu`.
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

    /// Solves a system of linear equations: `a.solve(&rhs)` is the `x` for which `a.matmul(&x)` is
    /// `rhs`. `a` is a matrix `(n, n)`. `rhs` is one right-hand side `(n,)`, or `(n, m)`, a
    /// right-hand side in each column. NumPy's `linalg.solve`.
    ///
    /// It uses elimination with partial pivoting and is meant for small matrices: for up to six
    /// rows the loops are unrolled. The computed `x` is the exact solution of a system that differs
    /// from yours by about `n * EPSILON` times its largest elements; how far off `x` is then
    /// depends on the condition number of the matrix. The bits are the same on every target.
    /// Half-precision elements are computed in `f32`.
    ///
    /// Nothing is computed until a destination is named by `.to_array()`, `.to_tensor()` or
    /// [`out.try_assign(..)`](crate::Tensor::try_assign), which then returns a `Result`. Without
    /// the feature `alloc` the matrix and the right-hand side together must fit in 16 KiB.
    ///
    /// # Errors
    /// [`SingularMatrix`](crate::SingularMatrix) if a column has no pivot, because a pivot must be
    /// neither 0 nor NaN. The matrix is then singular, or has a NaN. A NaN in the right-hand side
    /// propagates to its column of the result. Rounding may leave a small pivot in a singular
    /// matrix, as in a nearly singular one: the solution is then large and far off.
    ///
    /// # Panics
    /// If lengths that must be equal are known only at run time and differ.
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
    /// let _ = array![[3.0, 1.0], [1.0, 2.0]].solve(&array![9.0, 8.0, 7.0]); // (2, 2) with (3,)
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

    /// The inverse of a matrix `(n, n)`, computed as [`solve`](Self::solve) with the identity on
    /// the right-hand side. NumPy's `linalg.inv`. To multiply the inverse of `a` by `b`,
    /// `a.solve(&b)` is faster and more accurate.
    ///
    /// # Errors
    /// [`SingularMatrix`](crate::SingularMatrix) if a column has no pivot, because a pivot must be
    /// neither 0 nor NaN. The matrix is then singular, or has a NaN.
    ///
    /// # Panics
    /// If the numbers of rows and columns are known only at run time and differ.
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

    /// The determinant of a matrix `(n, n)`, computed by this call: the product of the rounded
    /// pivots of [`solve`](Self::solve). It is 0 if elimination leaves only zeros in a column, 1
    /// for a matrix without elements, and otherwise NaN if the matrix has a NaN. NumPy's
    /// `linalg.det`.
    ///
    /// The pivots are multiplied in order. If an intermediate product overflows or underflows, the
    /// result is infinite or 0.
    ///
    /// # Panics
    /// If the numbers of rows and columns are known only at run time and differ.
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

    /// The Cholesky factor of a symmetric, positive definite matrix `(n, n)`: the lower triangle
    /// `l`, with zeros above it, for which `l.matmul(l.t())` is the matrix. NumPy's
    /// `linalg.cholesky`.
    ///
    /// The elements above the diagonal are not read; they are assumed to equal those below it. The
    /// product `l.matmul(l.t())` differs from the matrix by at most about `n * EPSILON` times its
    /// largest element. Nothing is computed until a destination is named, and memory is limited, as
    /// [`solve`](Self::solve) documents.
    ///
    /// # Errors
    /// [`NotPositiveDefinite`](crate::NotPositiveDefinite) if the remainder of a diagonal element,
    /// the number whose square root is taken, is not positive or is NaN.
    ///
    /// # Panics
    /// If the numbers of rows and columns are known only at run time and differ.
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
