//! Linear algebra.

use super::{ModeOf, ProductOf};
use crate::agreement;
use crate::broadcast::MatMul;
use crate::element::Numeric;
use crate::expr::{IntoExpr, Lazy, Operand, Product, Shaped};
use crate::shape::Carried;
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
}
impl<X: IntoExpr> LinearAlgebra for X {}
