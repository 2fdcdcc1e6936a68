//! Linear algebra.

use crate::element::Numeric;
use crate::expr::{Expr, IntoExpr, Lazy, Operand, Product};
use crate::shape::MatMul;

/// Linear algebra, on tensors and lazy expressions.
pub trait LinearAlgebra: IntoExpr {
    /// The matrix product: `(m, k)` with `(k, n)` gives `(m, n)`. A vector on the left is a row, on the right a column, and its axis is
    /// absent from the result: `(k,)` with `(k,)` gives `()`.
    ///
    /// NumPy's `matmul` for up to two axes, but stricter: the inner axes are the same type, and none stretches.
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
    #[inline(always)]
    fn matmul<R: Operand<Self::Elem>>(
        self,
        rhs: R,
    ) -> Lazy<Product<Self::Node, R::Node, <Self::Shape as MatMul<R::Shape>>::Output>>
    where
        Self::Elem: Numeric,
        Self::Shape: MatMul<R::Shape>,
    {
        let (lhs, rhs) = (self.into_expr(), rhs.into_operand());
        let shape = lhs.shape().matmul(rhs.shape());
        Lazy(Product { lhs, rhs, shape })
    }
}
impl<X: IntoExpr> LinearAlgebra for X {}
