//! Stacking: tensors of the same shape joined along a new axis.

use crate::agreement;
use crate::expr::{IntoExpr, Lazy, Operand, Shaped, Stack};
use crate::shape::{AxisArg, Carried, Dim, NewAxis, Shape};
use crate::stacking::Stacks;
use crate::verify;

/// Stacking of two tensors or lazy expressions.
pub trait Stacking: IntoExpr {
    /// Joins `self` and `other`, which must have the same shape, along a new axis of length 2 at
    /// position `axis` of the result: two operands `(n,)` become `(2, n)` by `Axis::<0>`, and
    /// `(n, 2)` by `Axis::<1>` or `Axis::<-1>`. NumPy's `stack`. For more than two operands there
    /// is the function [`stack`](crate::stack()).
    ///
    /// The new axis is a `Dim`, which does not stretch.
    ///
    /// # Panics
    /// If a length is known only at run time and differs between the operands.
    ///
    /// ```
    /// use shapewright::{array, prelude::*};
    /// let (x, y) = (array![1, 2, 3], array![4, 5, 6]);
    /// assert_eq!(x.stack(&y, Axis::<0>).to_array(), array![[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(x.stack(&y, Axis::<1>).to_array(), array![[1, 4], [2, 5], [3, 6]]); // points
    /// ```
    /// ```compile_fail
    /// # use shapewright::{array, prelude::*};
    /// let _ = array![1, 2, 3].stack(&array![4, 5], Axis::<0>); // not the same shape
    /// ```
    #[doc(alias("column_stack", "dstack"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn stack<Other: Operand<Self::Elem>, Which: AxisArg, How, Stacked: Shape>(
        self,
        other: Other,
        _axis: Which,
    ) -> Lazy<Stack<(Self::Node, Other::Node), Stacked>>
    where
        Which::Kind: Stacks<Which, Self::Shape, Other::Shape, How, Output = Stacked>,
    {
        const { verify::counted::<Stacked>() };
        let (first, second) = (self.into_expr(), other.into_operand());
        agreement::stack(first.shape(), second.shape());
        let shape = Which::Kind::stacked(first.shape());
        agreement::counted(shape);
        Lazy(Stack { parts: (first, second), axis: Which::Kind::INDEX, shape: Carried::new(shape) })
    }
}
impl<X: IntoExpr> Stacking for X {}

/// Joins several tensors or expressions of one type along a new axis at position `axis` of the
/// result: three operands `(n,)` become `(3, n)` by `Axis::<0>`. NumPy's `stack`. For two operands
/// of different types, such as a tensor and an expression, there is
/// [`x.stack(y, axis)`](crate::ops::Stacking::stack).
///
/// The number of operands is a compile-time constant. For a number known only at run time, collect
/// the rows into a tensor of shape `shape![?, 3]`.
///
/// # Panics
/// If a length is known only at run time and differs between the operands.
///
/// ```
/// use shapewright::{Axis, Tensor, prelude::*, shape, stack, tensor};
/// let (red, green, blue) = (tensor![[1, 2], [3, 4]], tensor![[5, 6], [7, 8]], tensor![[0, 0], [9, 9]]);
/// let image: Tensor<i32, shape![3, 2, 2]> = stack([&red, &green, &blue], Axis::<0>).to_tensor();
/// assert_eq!(image.sum_axis((Axis::<1>, Axis::<2>)).to_tensor(), tensor![10, 26, 18]);
/// let pixels = stack([&red, &green, &blue], Axis::<-1>).to_tensor();
/// assert_eq!(pixels[[1, 0, 2]], 9);
/// ```
#[doc(alias("vstack", "dstack"))]
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub fn stack<X: IntoExpr, Which: AxisArg, How, Stacked: Shape, const N: usize>(
    operands: [X; N],
    _axis: Which,
) -> Lazy<Stack<[X::Node; N], Stacked>>
where
    Which::Kind: NewAxis<Which, X::Shape, How, Dim<N>, Output = Stacked>,
{
    const {
        assert!(N > 0, "a stack of no tensors has no shape");
        verify::counted::<Stacked>();
    }
    let parts = operands.map(
        #[cfg_attr(not(unoptimised), inline(always))]
        |operand| operand.into_expr(),
    );
    let first = parts[0].shape();
    for part in &parts[1..] {
        agreement::stack(first, part.shape());
    }
    let shape = Which::Kind::with_axis(first, Dim);
    agreement::counted(shape);
    Lazy(Stack { parts, axis: Which::Kind::INDEX, shape: Carried::new(shape) })
}
