//! Lazy expressions: what an operator returns, computed when a destination is named.
//!
//! A node is a plain struct over its operands; a file each. [`Lazy`] wraps a node so that operators
//! work on it, [`IntoExpr`] is what methods are called on, and [`Operand`] is what they and the
//! operators take on the right.

use core::fmt;

use crate::broadcast::{Free, Mode, Strict};
use crate::element::Element;
use crate::kernels::elementwise;
use crate::layout::{Dense, Layout, dense_strides};
use crate::memory::Dest;
use crate::read::{Source, Strides};
use crate::run::level::{Count, HAS_VECTORS};
use crate::run::scratch::{Scratch, ScratchBytes, bytes_of, plus};
use crate::shape::{Instance, Shape, element_count};

mod attempt;
mod cholesky;
mod concat;
mod convolved;
mod cumulated;
mod determinant;
mod evaluation;
mod indices;
mod inverse;
mod mapped;
mod matmul;
mod memory;
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
pub use mapped::{Mapped, UnaryOp};
pub use matmul::Product;
pub use memory::{Owned, Scalar};
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
pub use take::Take;
pub use ternary::{Ternary, TernaryOp};
pub use triangle::Triangle;
pub use zipped::{BinaryOp, Zipped};

pub(crate) mod sealed {
    pub trait Sealed {}
}

/// What an expression is of: an element type and a shape. [`Expr`] is what can be computed, too.
///
/// Operators ask for this alone: an expression is proven to be computable where a destination is
/// named, once, and not at each operator.
pub trait Shaped: Sized + sealed::Sealed {
    /// The element type.
    type Elem: Element;
    /// The shape.
    type Shape: Shape;
    /// The shape as a value.
    fn shape(&self) -> Self::Shape;
}

/// An expression: something with an element type and a shape that can be computed element by
/// element.
///
/// Sealed. `Lazy<impl Expr<Elem = f32, Shape = (N, C)>>` is how a function takes or returns one
/// that is not computed yet.
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
    /// How the elements are read, by code for `I`.
    #[doc(hidden)]
    type Source<'s, I: Instance>: Source<Elem = Self::Elem>
    where
        Self: 's;
    /// The scratch that `write` takes.
    #[doc(hidden)]
    const WRITE_SCRATCH: ScratchBytes;
    /// The scratch that `source` takes.
    #[doc(hidden)]
    const SOURCE_SCRATCH: ScratchBytes;
    /// The number of elements of the largest part, times the weight of the dearest function.
    #[doc(hidden)]
    const WORK: Count;
    /// The elements to read, now that evaluation begins: what must be materialised first is.
    #[doc(hidden)]
    fn source<'s, I: Instance>(&'s self, scratch: &'s Scratch<'_>) -> Self::Source<'s, I>;
    /// Where the elements lie, if they are in memory.
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
/// `Copy` where it refers to its tensors. Nodes for what an operator cannot say are made by
/// methods: see [`ops`](crate::ops).
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

/// What it will be, as nothing is computed yet.
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

/// An operand that both sides of an operation may stretch with: NumPy's full broadcasting rule,
/// made by [`stretch`](crate::ops::Evaluate::stretch).
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
    /// The node that stands for it in an expression.
    fn into_expr(self) -> Self::Node;
}

/// What an operation takes on the right, with elements of type `T`: a tensor by reference or by
/// value, a lazy expression, or a scalar.
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
/// Generic in the element rather than with an associated type: that is what lets `x * 2.0` infer
/// `2.0f32`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not combine with elements of type `{T}`",
    label = "expected a tensor, an expression or a number with elements of type `{T}`",
    note = "a number is written as one of the elements, `2.0` and not `2`; a tensor is converted by `.map(|x| x as f32)`; code that is generic over the element takes the number as an argument; a slice or a vector is seen by `TensorView::<f32, shape![3]>::new(&v)?`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Elements\""
)]
pub trait Operand<T> {
    #[doc(hidden)]
    type Mode: Mode;
    /// The shape.
    type Shape: Shape;
    /// The node.
    type Node: Expr<Elem = T, Shape = Self::Shape>;
    /// The node that stands for it in an expression.
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

/// Whether `E` is computed as a whole, of operands some of which are computed as a whole before it.
const fn is_nested<E: Expr>() -> bool {
    E::Layout::FREE && !E::Layout::IN_MEMORY && !matches!(E::WRITE_SCRATCH, Some(0))
}

/// Computes `expr`, an operand, into `dest`.
///
/// What is computed as a whole is inlined into the evaluation, but for what is nested: that has a
/// function of its own, one for its type. An expression that is used twice is there twice, so of
/// `b - b.sum_axis(..)` of the same of the same, each more would double what the compiler has to do.
/// Without vectors it is inlined all the same: what is around it knows how much scratch there is.
#[cfg_attr(not(unoptimised), inline(always))]
fn write_whole<I: Instance, E: Expr>(
    expr: &E,
    dest: Dest<'_, E::Elem, E::Shape, Dense>,
    scratch: &Scratch<'_>,
) {
    if const { HAS_VECTORS && is_nested::<E>() } {
        write_nested::<I, E>(expr, dest, scratch);
    } else {
        expr.write::<I, _>(dest, scratch);
    }
}
#[inline(never)]
fn write_nested<I: Instance, E: Expr>(
    expr: &E,
    dest: Dest<'_, E::Elem, E::Shape, Dense>,
    scratch: &Scratch<'_>,
) {
    expr.write::<I, _>(dest, scratch);
}

/// Where the elements of `expr` lie, after materialising them in `scratch` if they are not in
/// memory.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn stored<'s, I: Instance, E: Expr>(
    expr: &'s E,
    scratch: &'s Scratch<'_>,
) -> Strides<*const E::Elem> {
    if const { E::Layout::IN_MEMORY } {
        return expr.memory().unwrap_or_else(|| unreachable!("what is in memory lies somewhere"));
    }
    let shape = expr.shape();
    let piece = scratch.take(element_count(shape));
    write_whole::<I, E>(expr, Dest::dense(piece, shape), scratch);
    Strides { at: piece.as_ptr().cast(), strides: dense_strides(shape) }
}

/// The scratch that [`stored`] takes.
pub(crate) const fn stored_scratch<E: Expr>() -> ScratchBytes {
    if E::Layout::IN_MEMORY {
        Some(0)
    } else {
        plus(E::WRITE_SCRATCH, bytes_of::<E::Elem>(E::Shape::STATIC_LEN))
    }
}

/// The elements of `expr` side by side, after materialising them in `scratch` if they are not.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn dense<'s, I: Instance, E: Expr>(
    expr: &'s E,
    scratch: &'s Scratch<'_>,
) -> &'s [E::Elem] {
    let shape = expr.shape();
    let len = element_count(shape);
    let at = if const { E::Layout::IN_MEMORY && E::Layout::DENSE } {
        expr.memory().unwrap_or_else(|| unreachable!("what is in memory lies somewhere")).at
    } else {
        let piece = scratch.take(len);
        write_whole::<I, E>(expr, Dest::dense(piece, shape), scratch);
        piece.as_ptr().cast()
    };
    // SAFETY: dense memory has the `len` elements side by side, and `write` has written each one of
    // the piece.
    unsafe { core::slice::from_raw_parts(at, len) }
}

/// The scratch that [`dense`] takes.
pub(crate) const fn dense_scratch<E: Expr>() -> ScratchBytes {
    if E::Layout::IN_MEMORY && E::Layout::DENSE {
        Some(0)
    } else {
        plus(E::WRITE_SCRATCH, bytes_of::<E::Elem>(E::Shape::STATIC_LEN))
    }
}
