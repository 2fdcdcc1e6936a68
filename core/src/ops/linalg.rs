//! Linear algebra.

use super::{ModeOf, ProductOf};
use crate::agreement;
use crate::broadcast::MatMul;
use crate::element::Numeric;
use crate::expr::{IntoExpr, Lazy, Operand, Product, Shaped, Triangle};
use crate::kernels::triangle::Side;
use crate::shape::{Carried, MatricesShape};
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
        Lazy(Triangle { expr: self.into_expr(), side: Side::Lower, diagonal })
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
        Lazy(Triangle { expr: self.into_expr(), side: Side::Upper, diagonal })
    }
}
impl<X: IntoExpr> LinearAlgebra for X {}
