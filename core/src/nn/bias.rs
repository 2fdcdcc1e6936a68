//! Whether a layer has a bias, as a type: [`WithBias`] or [`NoBias`].

use core::fmt::Debug;
use core::marker::PhantomData;

use crate::element::{Element, Numeric};
use crate::expr::{Expr, Zipped};
use crate::ops::operators::Added;
use crate::shape::{Carried, Length, Shape};
use crate::storage::Storage;
use crate::tensor::Tensor;

mod sealed {
    pub trait Bias {}
}

/// Whether a layer has a bias: [`WithBias`] or [`NoBias`]. Sealed.
///
/// ```
/// use shapewright::{Dim, nn::{Linear, NoBias}, prelude::*, tensor};
/// let layer: Linear<Dim<2>, Dim<2>, NoBias> = Linear::without_bias(tensor![[1.0, 10.0], [0.0, 1.0]]);
/// assert_eq!(layer.forward(&tensor![3.0, 4.0]).to_tensor(), [43.0, 4.0]);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say whether a layer has a bias",
    label = "expected `WithBias` or `NoBias`",
    note = "the element type and the storage come behind it: `Linear<In, Out, WithBias, f64>`"
)]
pub trait Bias: sealed::Bias + 'static {
    /// Whether the layer has a bias.
    const IS_THERE: bool;
    /// The type of the bias over `C` features or channels; `()` if there is none.
    type Of<T: Element, C: Length, B: Storage>;
    /// The expression `E`, of shape `S`, with the bias added along its last axis.
    #[doc(hidden)]
    type Sum<'a, T: Numeric, C: Length, B: Storage + 'a, E: Expr<Elem = T, Shape = S>, S: Shape>: Expr<Elem = T, Shape = S>;
    /// Adds the bias along the last axis of `expr`, which has the length `C`.
    #[doc(hidden)]
    fn add<'a, T: Numeric, C: Length, B: Storage + 'a, E: Expr<Elem = T, Shape = S>, S: Shape>(
        expr: E,
        bias: &'a Self::Of<T, C, B>,
    ) -> Self::Sum<'a, T, C, B, E, S>;
    /// The bias, if there is one.
    fn get<T: Element, C: Length, B: Storage>(
        bias: &Self::Of<T, C, B>,
    ) -> Option<&Tensor<T, (C,), B>>;
}

/// With a bias: one number per feature or channel. This is the default of layers.
#[derive(Clone, Copy, Debug)]
pub struct WithBias;
/// Without a bias: PyTorch's `bias=False`.
#[derive(Clone, Copy, Debug)]
pub struct NoBias;

impl sealed::Bias for WithBias {}
#[diagnostic::do_not_recommend]
impl Bias for WithBias {
    const IS_THERE: bool = true;
    type Of<T: Element, C: Length, B: Storage> = Tensor<T, (C,), B>;
    type Sum<'a, T: Numeric, C: Length, B: Storage + 'a, E: Expr<Elem = T, Shape = S>, S: Shape> =
        Zipped<S, T, Added, E, &'a Tensor<T, (C,), B>>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn add<'a, T: Numeric, C: Length, B: Storage + 'a, E: Expr<Elem = T, Shape = S>, S: Shape>(
        expr: E,
        bias: &'a Tensor<T, (C,), B>,
    ) -> Self::Sum<'a, T, C, B, E, S> {
        let shape = Carried::new(expr.shape());
        Zipped { op: Added, lhs: expr, rhs: bias, shape, elem: PhantomData }
    }
    #[inline]
    fn get<T: Element, C: Length, B: Storage>(
        bias: &Tensor<T, (C,), B>,
    ) -> Option<&Tensor<T, (C,), B>> {
        Some(bias)
    }
}

impl sealed::Bias for NoBias {}
#[diagnostic::do_not_recommend]
impl Bias for NoBias {
    const IS_THERE: bool = false;
    type Of<T: Element, C: Length, B: Storage> = ();
    type Sum<'a, T: Numeric, C: Length, B: Storage + 'a, E: Expr<Elem = T, Shape = S>, S: Shape> =
        E;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn add<'a, T: Numeric, C: Length, B: Storage + 'a, E: Expr<Elem = T, Shape = S>, S: Shape>(
        expr: E,
        (): &'a (),
    ) -> E {
        expr
    }
    #[inline]
    fn get<T: Element, C: Length, B: Storage>((): &()) -> Option<&Tensor<T, (C,), B>> {
        None
    }
}
