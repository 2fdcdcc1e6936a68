//! Evaluation of lazy expressions into a new tensor or array, and the two conversions that leave
//! them lazy: `lazy` and `stretch`.

use core::mem::MaybeUninit;

#[cfg(feature = "alloc")]
use crate::agreement;
use crate::expr::{IntoExpr, Lazy, Shaped, Stretch, Writing, evaluate};
use crate::memory::Dest;
use crate::shape::StaticShape;
#[cfg(not(feature = "alloc"))]
use crate::storage::OnHeap;
use crate::tensor::{Array, Tensor};

/// Evaluation of tensors and lazy expressions.
///
/// ```
/// use shapewright::{prelude::*, tensor};
/// let x = tensor![1.0, 2.0];
/// let y = (&x * 2.0 + 1.0).to_tensor();
/// assert_eq!(y, tensor![3.0, 5.0]);
/// ```
pub trait Evaluate: IntoExpr {
    /// Computes every element into a new tensor on the heap, in one pass.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// let x = tensor![[1.0, 2.0], [3.0, 4.0]];
    /// assert_eq!((&x - 1.0).to_tensor(), tensor![[0.0, 1.0], [2.0, 3.0]]);
    /// ```
    #[doc(alias(
        "to_owned",
        "into_owned",
        "collect",
        "eval",
        "copy",
        "contiguous",
        "ascontiguousarray",
        "as_standard_layout"
    ))]
    #[cfg(feature = "alloc")]
    #[inline]
    #[track_caller]
    fn to_tensor(self) -> Tensor<Self::Elem, Self::Shape> {
        let node = self.into_expr();
        let shape = node.shape();
        agreement::allocated::<Self::Elem, _>(shape);
        let write = |slots: &mut [MaybeUninit<Self::Elem>]| {
            evaluate(Writing { node: &node, dest: Dest::dense(slots, shape) });
        };
        // SAFETY: `write` evaluates `node` into all of `slots`, so it writes every element.
        unsafe { Tensor::write_heap(shape, write) }
    }

    /// Needs the feature `alloc`: without it a call does not compile, and the error suggests
    /// [`to_array`](Self::to_array).
    #[cfg(not(feature = "alloc"))]
    fn to_tensor(self) -> Tensor<Self::Elem, Self::Shape>
    where
        Self::Shape: OnHeap,
    {
        Self::Shape::refused()
    }

    /// Computes every element into a new inline array. Needs no allocator. Intermediate results
    /// that must be stored are on the stack: see ["What is
    /// stored"](crate::lazy_values#what-is-stored-on-the-way).
    ///
    /// ```
    /// use shapewright::{array, prelude::*};
    /// let x = array![[1.0, 2.0], [3.0, 4.0]];
    /// assert_eq!((&x - 1.0).to_array(), array![[0.0, 1.0], [2.0, 3.0]]);
    /// ```
    #[doc(alias("to_owned", "collect", "eval"))]
    #[cfg_attr(any(vectors, unoptimised), inline)]
    #[cfg_attr(not(any(vectors, unoptimised)), inline(always))]
    fn to_array(self) -> Array<Self::Elem, Self::Shape>
    where
        Self::Shape: StaticShape,
    {
        let node = self.into_expr();
        let shape = node.shape();
        // SAFETY: the closure evaluates `node` into all of `slots`, so it writes every element.
        unsafe {
            // On targets without vectors the closure is inlined into the caller, because only in the
            // caller are the strides of a view constants.
            Array::write_inline(
                #[cfg_attr(not(any(vectors, unoptimised)), inline(always))]
                |slots: &mut [MaybeUninit<Self::Elem>]| {
                    evaluate(Writing { node: &node, dest: Dest::dense(slots, shape) });
                },
            )
        }
    }

    /// Converts `self` to a lazy expression.
    ///
    /// ```
    /// use shapewright::{Expr, Lazy, prelude::*, shape, tensor};
    /// fn halved(x: Lazy<impl Expr<Elem = f32, Shape = shape![2]>>) -> Lazy<impl Expr<Elem = f32, Shape = shape![2]>> {
    ///     x / 2.0
    /// }
    /// assert_eq!(halved(tensor![1.0, 3.0].lazy()).to_tensor(), tensor![0.5, 1.5]);
    /// ```
    #[cfg_attr(not(unoptimised), inline(always))]
    fn lazy(self) -> Lazy<Self::Node> {
        Lazy(self.into_expr())
    }

    /// Allows NumPy's full broadcasting rule for the operation of which `self` is an operand:
    /// *both* operands may stretch.
    ///
    /// It may be called on either operand. It is for outer products, pairwise distances and grids.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// let (rows, columns) = (tensor![[1.0], [2.0]], tensor![10.0, 20.0, 30.0]);
    /// assert_eq!((rows.stretch() * &columns).to_tensor(), tensor![[10.0, 20.0, 30.0], [20.0, 40.0, 60.0]]);
    /// ```
    ///
    /// The distances of points `(n, d)` from points `(m, d)`. No array of shape `(n, m, d)` is
    /// stored:
    ///
    /// ```
    /// use shapewright::{Axis, prelude::*, tensor};
    /// let (a, b) = (tensor![[0.0, 0.0], [3.0, 0.0]], tensor![[0.0, 4.0]]);
    /// let distances = (a.expand_dims(Axis::<1>).stretch() - &b).square().sum_axis(Axis::<-1>).sqrt();
    /// assert_eq!(distances.to_tensor(), tensor![[4.0], [5.0]]);
    /// ```
    /// ```compile_fail
    /// # use shapewright::{prelude::*, tensor};
    /// # let (rows, columns) = (tensor![[1.0], [2.0]], tensor![10.0, 20.0, 30.0]);
    /// let _ = &rows * &columns; // (2, 1) with (3,) would give (2, 3)
    /// ```
    #[doc(alias("outer"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    fn stretch(self) -> Stretch<Self::Node> {
        Stretch(self.into_expr())
    }
}
impl<X: IntoExpr> Evaluate for X {}
