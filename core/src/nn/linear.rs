//! The linear layer: a product with a matrix of weights, plus a bias.

#[cfg(feature = "alloc")]
use super::batch_norm::BatchNorm;
use super::bias::{Bias, NoBias, WithBias};
#[cfg(feature = "alloc")]
use super::cost::{count, parameters};
use super::features::LinearData;
#[cfg(feature = "alloc")]
use super::layer::Layer;
use crate::agreement;
use crate::element::{Element, Float};
use crate::expr::{Lazy, Operand, Permute, Product, Rearranged, Shaped};
#[cfg(feature = "alloc")]
use crate::ops::{Evaluate, Reshaping};
#[cfg(feature = "alloc")]
use crate::shape::Axis;
use crate::shape::{Carried, Length, StaticLength};
use crate::storage::{Heap, Storage};
use crate::tensor::Tensor;
use crate::verify;

/// A linear layer from `In` features to `Out`: `x @ weight.T + bias`, over data `(.., in)`.
///
/// The weight is `(out, in)` and the bias `(out,)`, as in PyTorch's `torch.nn.Linear`. Any axes may
/// come before the features: `(in,)`, `(n, in)` and `(b, t, in)` become `(out,)`, `(n, out)` and
/// `(b, t, out)`. Without a bias the type is `Linear<In, Out, NoBias>`.
///
/// ```
/// use shapewright::{Dim, nn::Linear, prelude::*, tensor};
/// let layer: Linear<Dim<2>, Dim<3>> =
///     Linear::new(tensor![[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]], tensor![0.5, 0.0, -1.0]);
/// let x = tensor![[1.0, 2.0], [3.0, 4.0]];
/// assert_eq!(layer.forward(&x).to_tensor(), tensor![[1.5, 2.0, 2.0], [3.5, 4.0, 6.0]]);
/// ```
/// Write `Dim<1>` for a single input or output feature. `tensor![[0.5, 2.0]]` has an axis of `One`
/// instead, which stretches; `.rename::<shape![{1}, 2]>()` makes a weight of one row from it.
///
/// A weight of another shape does not compile, nor does data with another number of features:
/// ```compile_fail
/// # use shapewright::{Dim, nn::Linear, prelude::*, tensor};
/// let layer: Linear<Dim<2>, Dim<3>> = Linear::new(tensor![[1.0, 0.0, 1.0], [0.0, 1.0, 1.0]], tensor![0.0, 0.0, 0.0]);
/// ```
/// ```compile_fail
/// # use shapewright::{Dim, nn::Linear, prelude::*, tensor};
/// # let layer: Linear<Dim<2>, Dim<3>> = Linear::new(tensor![[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]], tensor![0.0, 0.0, 0.0]);
/// let _ = layer.forward(&tensor![[1.0, 2.0, 3.0]]);
/// ```
#[doc(alias("Dense", "fully connected", "nn.Linear", "addmm"))]
pub struct Linear<In: Length, Out: Length, Bi: Bias = WithBias, T: Element = f32, B: Storage = Heap>
{
    weight: Tensor<T, (Out, In), B>,
    bias: Bi::Of<T, Out, B>,
}

impl<In: Length, Out: Length, T: Float, B: Storage> Linear<In, Out, WithBias, T, B> {
    /// Makes a layer from a weight `(out, in)` and a bias `(out,)`.
    ///
    /// # Panics
    /// If `Out` is a run-time length that differs between `weight` and `bias`.
    ///
    /// ```
    /// use shapewright::{array, nn::Linear, prelude::*};
    /// let layer = Linear::new(array![[1.0f32, 10.0], [0.0, 1.0]], array![0.5, 0.0]);
    /// assert_eq!(layer.forward(&array![3.0, 4.0]).to_array(), array![43.5, 4.0]);
    /// ```
    #[track_caller]
    pub fn new(weight: Tensor<T, (Out, In), B>, bias: Tensor<T, (Out,), B>) -> Self {
        agreement::receive(bias.shape(), (weight.shape().0,));
        Self { weight, bias }
    }

    /// As [`new`](Self::new), for a constant or a `static`. All lengths must be static. Write a
    /// weight of one row as `Array::new([[1.0, 2.0]])`, because with `array!` the axis of rows
    /// would be `One`.
    ///
    /// ```
    /// use shapewright::{Array, Dim, Inline, array, nn::{Linear, WithBias}, prelude::*};
    /// static LAYER: Linear<Dim<2>, Dim<2>, WithBias, f32, Inline> =
    ///     Linear::const_new(Array::new([[1.0, 10.0], [0.0, 1.0]]), Array::new([0.5, 0.0]));
    /// assert_eq!(LAYER.forward(&array![3.0, 4.0]).to_array(), array![43.5, 4.0]);
    /// ```
    pub const fn const_new(weight: Tensor<T, (Out, In), B>, bias: Tensor<T, (Out,), B>) -> Self
    where
        Out: StaticLength,
    {
        Self::of_parts(weight, bias)
    }
}
impl<In: Length, Out: Length, T: Float, B: Storage> Linear<In, Out, NoBias, T, B> {
    /// Makes a layer without a bias from a weight `(out, in)`.
    ///
    /// ```
    /// use shapewright::{array, nn::Linear, prelude::*};
    /// let layer = Linear::without_bias(array![[1.0f32, 10.0], [0.0, 1.0]]);
    /// assert_eq!(layer.forward(&array![3.0, 4.0]).to_array(), array![43.0, 4.0]);
    /// ```
    pub const fn without_bias(weight: Tensor<T, (Out, In), B>) -> Self {
        Self { weight, bias: () }
    }
}

/// The transposed weight: `(in, out)`.
type Transposed<'a, In, Out, T, B> = Rearranged<Permute, &'a Tensor<T, (Out, In), B>, (In, Out)>;
/// The shape of the result of a linear layer.
type OutputOf<X, T, In, Out> = <<X as Operand<T>>::Shape as LinearData<In, Out>>::Output;
/// The lazy result of [`Linear::forward`].
pub type Transformed<'a, In, Out, Bi, T, B, X> = Lazy<
    <Bi as Bias>::Sum<
        'a,
        T,
        Out,
        B,
        Product<<X as Operand<T>>::Node, Transposed<'a, In, Out, T, B>, OutputOf<X, T, In, Out>>,
        OutputOf<X, T, In, Out>,
    >,
>;

impl<In: Length, Out: Length, Bi: Bias, T: Float, B: Storage> Linear<In, Out, Bi, T, B> {
    /// Makes a layer without comparing lengths. Either `Out` is static, or the caller has checked
    /// that `weight` and `bias` have the same length `Out`.
    pub(crate) const fn of_parts(weight: Tensor<T, (Out, In), B>, bias: Bi::Of<T, Out, B>) -> Self {
        Self { weight, bias }
    }

    /// Applies the layer to data `(.., in)`; the result is `(.., out)`. Lazy: when a destination is
    /// named, as by `.to_tensor()`, the product is computed first, and the addition of the bias
    /// fuses with the operations that follow.
    ///
    /// # Panics
    /// If the number of features is known only at run time and differs between the layer and `x`.
    ///
    /// ```
    /// use shapewright::{nn::Linear, prelude::*, tensor};
    /// let layer = Linear::new(tensor![[1.0f32, -1.0], [0.0, 2.0]], tensor![0.5, 0.0]);
    /// let x = tensor![[1.0, 2.0], [3.0, 1.0]];
    /// assert_eq!(layer.forward(&x).relu().to_tensor(), tensor![[0.0, 4.0], [2.5, 2.0]]);
    /// ```
    #[inline]
    #[track_caller]
    pub fn forward<X: Operand<T>>(&self, x: X) -> Transformed<'_, In, Out, Bi, T, B, X>
    where
        X::Shape: LinearData<In, Out>,
    {
        const { verify::counted::<OutputOf<X, T, In, Out>>() };
        let lhs = x.into_operand();
        let (out, inner) = self.weight.shape();
        agreement::features(
            "Linear",
            inner,
            LinearData::<In, Out>::features(lhs.shape()),
            lhs.shape(),
        );
        let shape = LinearData::<In, Out>::output(lhs.shape(), out);
        agreement::counted(shape);
        let rhs = Rearranged {
            how: Permute::LAST_TWO,
            expr: &self.weight,
            shape: Carried::new((inner, out)),
        };
        Lazy(Bi::add(Product { lhs, rhs, shape: Carried::new(shape) }, &self.bias))
    }

    /// The weight, of shape `(out, in)`.
    pub fn weight(&self) -> &Tensor<T, (Out, In), B> {
        &self.weight
    }

    /// The bias, of shape `(out,)`, if the layer has one.
    pub fn bias(&self) -> Option<&Tensor<T, (Out,), B>> {
        Bi::get(&self.bias)
    }
}

#[cfg(feature = "alloc")]
#[diagnostic::do_not_recommend]
impl<S, In: Length, Out: Length, Bi: Bias, T: Float, B: Storage> Layer<S, T>
    for Linear<In, Out, Bi, T, B>
where
    S: LinearData<In, Out>,
{
    type Output = <S as LinearData<In, Out>>::Output;
    const PARAMETERS: Option<usize> = Some(parameters::<(Out, In), Out, Bi>());
    const MULTIPLICATIONS: Option<usize> =
        Some(count::<<S as LinearData<In, Out>>::Output>().saturating_mul(count::<(In,)>()));
    fn forward(&self, x: Tensor<T, S>) -> Tensor<T, Self::Output> {
        Linear::forward(self, &x).to_tensor()
    }
}

impl<In: Length, Out: Length, Bi: Bias, T: Float, B: Storage> core::fmt::Debug
    for Linear<In, Out, Bi, T, B>
{
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Linear").field("weight", &self.weight).field("bias", &self.bias()).finish()
    }
}

#[cfg(feature = "alloc")]
impl<In: Length, Out: Length, Bi: Bias, T: Float, B: Storage> Linear<In, Out, Bi, T, B> {
    /// Combines this layer and a batch norm after it into one layer, whose results are those of the
    /// two layers except for rounding: the weight is `weight * scale`, and the bias is
    /// `(bias - mean) * scale + beta`, where the scale is `gamma / sqrt(var + eps)`.
    ///
    /// The mean of the batch norm becomes part of the bias. If the mean is far from 0, the product
    /// and the bias are large and cancel, which loses precision.
    ///
    /// # Panics
    /// If the number of output features is known only at run time and differs between the layer and
    /// `norm`.
    ///
    /// ```
    /// use shapewright::{nn::{BatchNorm, Linear}, prelude::*, tensor};
    /// let layer = Linear::new(tensor![[1.0, 2.0], [0.0, 1.0]], tensor![0.5, 0.0]);
    /// let norm = BatchNorm::new(tensor![1.0, 2.0], tensor![0.0, 5.0], tensor![3.0, 2.0], tensor![4.0, 1.0], 0.0);
    /// let x = tensor![[1.0, 2.0], [3.0, 4.0]];
    /// let one_by_one = norm.forward(layer.forward(&x)).to_tensor();
    /// assert_eq!(layer.folded(&norm).forward(&x).to_tensor(), one_by_one);
    /// ```
    #[doc(alias("fuse_linear_bn_eval", "fold"))]
    #[track_caller]
    pub fn folded<C: Storage>(&self, norm: &BatchNorm<Out, T, C>) -> Linear<In, Out, WithBias, T> {
        let scale = norm.scale().to_tensor();
        let weight = (&self.weight * scale.expand_dims(Axis::<1>)).to_tensor();
        let bias = norm.folded_bias(self.bias(), &scale);
        Linear::new(weight, bias)
    }
}
