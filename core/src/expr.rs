//! Lazy expressions: the values that operators return. They are computed when a destination is
//! named.
//!
//! A node is a plain struct that holds its operands. Each node has a file. [`Lazy`] wraps a node so
//! that operators work on it, [`IntoExpr`] is the trait of what methods are called on, and
//! [`Operand`] is the trait of the right operands of methods and operators. A node is [`Shaped`] as
//! soon as it has an element type and a shape. It is an [`Expr`] only if it can be computed.
//!
//! An evaluation goes in these steps:
//!
//! 1. Naming a destination calls `evaluate` (`expr/evaluation.rs`), which provides scratch memory
//!    and chooses between code compiled for this one shape and code that many shapes share.
//! 2. [`Expr::write`] asks the node for its `Source`. Each node decides by types which operands are
//!    computed before the loop over the destination (`expr/operand.rs`). An operand that has to be
//!    computed and is smaller than the result is computed before the loop, so that each of its
//!    elements is computed once. An operand that is a reduction, a product or a concatenation is
//!    always computed before the loop (`expr/stored.rs`). Tensors and scalars are read in place.
//! 3. `kernels::elementwise` visits the destination lane by lane. `walk::Axes` merges two axes into
//!    one where the strides of the destination and of every operand allow it.
//! 4. At each position the `Source` returns a `Lane`. Whether an operand repeats one element along
//!    the lane or is contiguous there follows at compile time from its shape, its storage and the
//!    shape of the destination, so the loop over a lane has no branch, and LLVM vectorises it. For
//!    operands with strides (views, rearranged tensors) the lane says at run time whether it is
//!    contiguous, and there is a loop for each case.
//! 5. If an operand has a large stride along the lane axis, as a transposed operand has, the walk
//!    goes by tiles of 16 by 16 elements, so that all elements of a cache line are used while the
//!    line is in the cache.
//!
//! These loops are inlined into one function per SIMD level. The inner loop (`Lane::write`,
//! `Lane::update`) gets the destination as a slice argument, which tells LLVM that nothing aliases
//! the destination. LLVM makes use of that only if the loop stores through the slice's own pointer.
//! An iterator would keep a pointer of its own in memory. The loop is a method of the lane, whose
//! type rustc does not know in generic code, so rustc leaves the inlining to LLVM. If rustc inlined
//! the loop, the slice would no longer be an argument, and LLVM would not learn that nothing
//! aliases it.
//!
//! A node is an expression even for elements that lack the node's function, as integers lack
//! `sqrt`. For these the node names another type to compute with, the stand-in of the element
//! (`element/stand_in.rs`). So the mistake is reported once, at the method, and not again at each
//! later method.

use core::fmt;

use crate::broadcast::{Free, Mode, Strict};
use crate::element::Element;
use crate::kernels::elementwise;
use crate::layout::Layout;
use crate::memory::Dest;
use crate::read::{Source, Strides};
use crate::run::level::Work;
use crate::run::scratch::{Scratch, ScratchBytes};
use crate::shape::{Instance, Shape};

mod attempt;
mod cholesky;
mod concat;
mod convolved;
mod cumulated;
mod determinant;
mod evaluation;
mod indices;
mod inverse;
mod leaf;
mod mapped;
mod matmul;
mod not_computed;
mod one_hot;
mod operand;
mod padded;
mod pooled;
mod rearranged;
mod reduced;
mod reshaped;
mod softmax;
mod solution;
mod square;
mod stack;
mod standardized;
mod stored;
mod take;
mod ternary;
mod triangle;
mod zipped;

pub(crate) use attempt::Attempting;
pub use attempt::{Attempt, Attempts, Fills};
pub use cholesky::Cholesky;
pub use concat::Concat;
pub use convolved::Convolved;
pub use cumulated::Cumulated;
pub(crate) use determinant::Determinant;
pub(crate) use evaluation::{Evaluation, Folding, Writing, evaluate};
pub use indices::Indices;
pub use inverse::Inverse;
pub use leaf::{Owned, Scalar};
pub use mapped::{Mapped, UnaryOp};
pub use matmul::Product;
pub use one_hot::OneHot;
pub(crate) use operand::{operand, operand_scratch, same_axes};
pub use padded::Padded;
pub use pooled::Pooled;
pub use rearranged::{
    Append, Expand, Permute, Rearranged, Slice, SlidingWindow, Squeeze, StretchTo,
};
pub use reduced::Reduced;
pub(crate) use reduced::aligned;
pub use reshaped::Reshaped;
pub use softmax::Softmaxed;
pub use solution::Solution;
pub use stack::Stack;
pub use standardized::Standardized;
pub(crate) use stored::{dense, dense_scratch, stored, stored_scratch};
pub use take::Take;
pub use ternary::{Ternary, TernaryOp};
pub use triangle::Triangle;
pub use zipped::{BinaryOp, Zipped};

pub(crate) mod sealed {
    pub trait Sealed {}
}

/// An element type and a shape: all that operators need to know of an operand. A value that can
/// also be computed is an [`Expr`].
///
/// The compiler proves once for a whole expression that it is an [`Expr`], where a destination is
/// named, and not again at each operator. So the time to type-check an expression is linear in the
/// number of its operators.
pub trait Shaped: Sized + sealed::Sealed {
    /// The element type.
    type Elem: Element;
    /// The shape.
    type Shape: Shape;
    /// The shape as a value.
    fn shape(&self) -> Self::Shape;
}

/// An expression: it has an element type and a shape, and can be computed element by element.
///
/// Sealed. A function takes or returns an expression that is not computed yet as
/// `Lazy<impl Expr<Elem = f32, Shape = (N, C)>>`.
///
/// ```
/// use shapewright::{Expr, Lazy, Length, Tensor, prelude::*, tensor};
/// fn centered<N: Length, C: Length>(
///     x: &Tensor<f32, (N, C)>,
///     mean: &Tensor<f32, (C,)>,
/// ) -> Lazy<impl Expr<Elem = f32, Shape = (N, C)>> {
///     x - mean
/// }
/// let x = tensor![[1.0, 2.0], [3.0, 4.0]];
/// assert_eq!((centered(&x, &tensor![1.0, 2.0]) * 2.0).to_tensor(), tensor![[0.0, 0.0], [4.0, 4.0]]);
/// ```
pub trait Expr: Shaped {
    #[doc(hidden)]
    type Layout: Layout;
    /// The source that reads the elements, in code for one shape or in shared code, as `I` says.
    #[doc(hidden)]
    type Source<'s, I: Instance>: Source<Elem = Self::Elem>
    where
        Self: 's;
    /// The scratch memory that `write` needs.
    #[doc(hidden)]
    const WRITE_SCRATCH: ScratchBytes;
    /// The scratch memory that `source` needs.
    #[doc(hidden)]
    const SOURCE_SCRATCH: ScratchBytes;
    /// An estimate of the time to evaluate the expression, in additions: the number of elements of
    /// the largest operand or result, times the weight of the most expensive function.
    #[doc(hidden)]
    const WORK: Work;
    /// Computes into `scratch` the operands that must be computed before the loop, and returns the
    /// source that the loop reads.
    #[doc(hidden)]
    fn source<'s, I: Instance>(&'s self, scratch: &'s Scratch<'_>) -> Self::Source<'s, I>;
    /// The address of the first element and the strides, if the elements are in memory before the
    /// evaluation.
    #[doc(hidden)]
    fn memory(&self) -> Option<Strides<*const Self::Elem>> {
        None
    }
    /// Computes every element into `dest`.
    #[doc(hidden)]
    #[cfg_attr(not(unoptimised), inline(always))]
    fn write<I: Instance, L: Layout>(
        &self,
        dest: Dest<'_, Self::Elem, Self::Shape, L>,
        scratch: &Scratch<'_>,
    ) {
        elementwise::write::<I, _, _, _>(self.source::<I>(scratch), dest, self.shape());
    }
}

/// A lazy expression: nothing is computed until [`to_tensor`](crate::ops::Evaluate::to_tensor),
/// [`to_array`](crate::ops::Evaluate::to_array) or [`assign`](crate::Tensor::assign) names a
/// destination.
///
/// A lazy expression is `Copy` if it borrows its tensors and does not own them. Methods, in
/// [`ops`](crate::ops), make the expressions for which there is no operator.
///
/// ```
/// use shapewright::{prelude::*, tensor};
/// let x = tensor![[1.0, 2.0], [3.0, 4.0]];
/// let centered = &x - x.mean_axis(Axis::<0>);
/// let both = (centered * centered).to_tensor();
/// assert_eq!(both, tensor![[1.0, 1.0], [1.0, 1.0]]);
/// # use shapewright::Axis;
/// ```
#[derive(Clone, Copy)]
#[must_use = "expressions are lazy: name a destination with `.to_tensor()`, `.to_array()` or `.assign(..)`"]
pub struct Lazy<E>(pub(crate) E);

/// Prints the element type and the shape, because no element is computed yet.
///
/// ```
/// let x = shapewright::tensor![1.0f32, 2.0];
/// assert_eq!(format!("{:?}", &x * 2.0), "Lazy<f32, (2,)>, not computed: `.to_tensor()` computes it");
/// ```
impl<E: Expr> fmt::Debug for Lazy<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (element, shape) = (core::any::type_name::<E::Elem>(), self.0.shape());
        write!(f, "Lazy<{element}, {shape:?}>, not computed: `.to_tensor()` computes it")
    }
}

/// An operand with which both sides of an operation may stretch: NumPy's full broadcasting rule.
/// [`stretch`](crate::ops::Evaluate::stretch) makes it.
///
/// ```
/// use shapewright::{prelude::*, tensor};
/// let (a, b) = (tensor![1, 2], tensor![[10], [20]]);
/// assert_eq!((a.stretch() + &b).to_tensor(), tensor![[11, 12], [21, 22]]);
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "it takes part in one operation: `a.stretch() - b`"]
pub struct Stretch<E>(pub(crate) E);

impl<E: Expr> Lazy<E> {
    /// The shape, as a value.
    ///
    /// ```
    /// use shapewright::{Shape, tensor};
    /// let x = tensor![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
    /// assert_eq!((&x * 2.0).shape().lengths(), [2, 3]);
    /// ```
    #[doc(alias("dim"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    pub fn shape(&self) -> E::Shape {
        self.0.shape()
    }
}

/// What methods are called on: a tensor by reference, or a lazy expression.
///
/// ```
/// use shapewright::{IntoExpr, prelude::*, tensor};
/// fn rms(x: impl IntoExpr<Elem = f32>) -> f32 {
///     x.square().mean().sqrt()
/// }
/// let x = tensor![3.0, 4.0];
/// assert_eq!(rms(&x), rms(&x - 0.0));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a tensor or an expression",
    label = "expected a tensor by reference, such as `&x`, or an expression"
)]
pub trait IntoExpr: Sized {
    /// The element type.
    type Elem: Element;
    /// The shape.
    type Shape: Shape;
    #[doc(hidden)]
    type Mode: Mode;
    /// The node.
    type Node: Expr<Elem = Self::Elem, Shape = Self::Shape>;
    /// Returns the node that stands for `self` in an expression.
    fn into_expr(self) -> Self::Node;
}

/// The right operand of an operation on elements of type `T`: a tensor by reference or by value, a
/// lazy expression, or a scalar.
///
/// ```
/// use shapewright::{Operand, Tensor, shape, tensor};
/// fn set(x: &mut Tensor<f32, shape![2]>, y: impl Operand<f32, Shape = shape![2]>) {
///     x.assign(y);
/// }
/// let mut x = tensor![0.0, 0.0];
/// set(&mut x, &tensor![1.0, 2.0] * 2.0);
/// assert_eq!(x, tensor![2.0, 4.0]);
/// ```
///
/// The element type is a parameter and not an associated type, so that for an `x` of `f32` the
/// compiler infers `2.0f32` in `x * 2.0`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not combine with elements of type `{T}`",
    label = "expected a tensor, an expression or a number with elements of type `{T}`",
    note = "a number is written as one of the elements, `2.0` for floats and `2` for whole numbers; a tensor is converted by `.map(|x| x as f32)`; code that is generic over the element takes the number as an argument; a slice or a vector is seen by `TensorView::<f32, shape![3]>::new(&v)?`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Elements\""
)]
pub trait Operand<T> {
    #[doc(hidden)]
    type Mode: Mode;
    /// The shape.
    type Shape: Shape;
    /// The node.
    type Node: Expr<Elem = T, Shape = Self::Shape>;
    /// Returns the node that stands for `self` in an expression.
    fn into_operand(self) -> Self::Node;
}

impl<E: Expr> IntoExpr for Lazy<E> {
    type Elem = E::Elem;
    type Shape = E::Shape;
    type Mode = Strict;
    type Node = E;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn into_expr(self) -> E {
        self.0
    }
}
#[diagnostic::do_not_recommend]
impl<E: Expr> Operand<E::Elem> for Lazy<E> {
    type Mode = Strict;
    type Shape = E::Shape;
    type Node = E;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn into_operand(self) -> E {
        self.0
    }
}
#[diagnostic::do_not_recommend]
impl<E: Expr + Copy> Operand<E::Elem> for &Lazy<E> {
    type Mode = Strict;
    type Shape = E::Shape;
    type Node = E;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn into_operand(self) -> E {
        self.0
    }
}
impl<E: Expr> IntoExpr for Stretch<E> {
    type Elem = E::Elem;
    type Shape = E::Shape;
    type Mode = Free;
    type Node = E;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn into_expr(self) -> E {
        self.0
    }
}
#[diagnostic::do_not_recommend]
impl<E: Expr> Operand<E::Elem> for Stretch<E> {
    type Mode = Free;
    type Shape = E::Shape;
    type Node = E;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn into_operand(self) -> E {
        self.0
    }
}
