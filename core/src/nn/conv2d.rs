//! Convolution in two dimensions: of images.
//!
//! The bounds of `Conv2d` name the layer type itself, as in `Groups<GROUPS>: Divides<In, Self>`, so
//! that error messages can name the layer. The length of one axis of the weight is an associated
//! type of such a bound. So in generic code the compiler assumes that two layer types, such as a
//! layer with a bias and the same layer without one, have weights of different shapes, even where
//! the shapes are the same. That is why `folded`, whose result always has a bias, returns a weight
//! and a bias, and not a layer.

#[cfg(feature = "alloc")]
use super::batch_norm::BatchNorm;
use super::bias::{Bias, NoBias, WithBias};
#[cfg(feature = "alloc")]
use super::cost::{count, parameters};
use super::images::ImagesTo;
#[cfg(feature = "alloc")]
use super::layer::Layer;
use crate::agreement;
use crate::arith::{Divides, EachGroup, Groups};
use crate::element::{Element, Float};
use crate::expr::{Convolved, Lazy, Operand, Shaped};
use crate::kernels::images::Windows;
#[cfg(feature = "alloc")]
use crate::ops::{Evaluate, Reshaping};
#[cfg(feature = "alloc")]
use crate::shape::Axis;
use crate::shape::{Carried, Dim, Extent, Length, Shape, StaticLength};
use crate::storage::{Heap, Storage};
use crate::tensor::Tensor;
use crate::verify;

/// Convolution of images `(n, in, h, w)` to images `(n, out, h', w')`, with windows of `K` by `K`.
/// Signal processing calls this correlation. The parameters from `In` to `GROUPS`, their order and
/// their defaults are those of PyTorch's `torch.nn.Conv2d`.
///
/// The weight is `(out, in / GROUPS, K, K)` and the bias `(out,)`. Each end of rows and columns is
/// padded with `PAD` zeros. The compiler computes
/// `h' = (h + 2 * PAD - DILATION * (K - 1) - 1) / STRIDE + 1`, and `w'` in the same way. If the
/// stride is 1 and `2 * PAD = DILATION * (K - 1)`, then `h'` is `h` itself, and generic code needs
/// no `where` clause. If `h` or `w` is a run-time length, so is `h'` or `w'`.
///
/// Without a bias the type is `Conv2d<In, Out, 3, 1, 1, 1, 1, NoBias>`.
///
/// ```
/// use shapewright::{Dim, Inline, array, nn::{Conv2d, NoBias}, prelude::*};
/// // An edge detector: the right neighbour minus the left one, with a padding of 1.
/// let weight = Array::new([[[[0.0, 0.0, 0.0], [-1.0, 0.0, 1.0], [0.0, 0.0, 0.0]]]]);
/// let edges: Conv2d<Dim<1>, Dim<1>, 3, 1, 1, 1, 1, NoBias, f32, Inline> = Conv2d::without_bias(weight);
/// let image = array![[[[1.0, 2.0, 4.0], [0.0, 0.0, 8.0]]]];
/// assert_eq!(edges.forward(&image).to_array(), [[[[2.0, 3.0, -2.0], [0.0, 8.0, 0.0]]]]);
/// ```
/// An image with another number of channels does not compile, nor does a window longer than the
/// image:
/// ```compile_fail
/// # use shapewright::{Dim, Tensor, nn::Conv2d, prelude::*};
/// fn features(conv: &Conv2d<Dim<1>, Dim<16>, 3>, x: &Tensor<f32, shape![8, 3, 28, 28]>) {
///     let _ = conv.forward(x);
/// }
/// ```
/// ```compile_fail
/// # use shapewright::{Dim, Tensor, nn::Conv2d, prelude::*};
/// fn features(conv: &Conv2d<Dim<3>, Dim<16>, 5>, x: &Tensor<f32, shape![8, 3, 4, 28]>) {
///     let _ = conv.forward(x);
/// }
/// ```
#[doc(alias("nn.Conv2d", "conv2d", "convolution", "correlate2d"))]
pub struct Conv2d<
    In: Length,
    Out: Length,
    const K: usize,
    const STRIDE: usize = 1,
    const PAD: usize = 0,
    const DILATION: usize = 1,
    const GROUPS: usize = 1,
    Bi: Bias = WithBias,
    T: Element = f32,
    B: Storage = Heap,
> where
    Groups<GROUPS>: Divides<In, Self> + Divides<Out, Self>,
{
    weight: Tensor<T, (Out, EachGroup<In, Self, GROUPS>, Dim<K>, Dim<K>), B>,
    bias: Bi::Of<T, Out, B>,
}

#[cfg(feature = "alloc")]
type Folded2d<In, Out, const K: usize, const GROUPS: usize, By, T> =
    (Tensor<T, (Out, EachGroup<In, By, GROUPS>, Dim<K>, Dim<K>)>, Tensor<T, (Out,)>);

/// The lazy result of [`Conv2d::forward`] and [`Conv1d::forward`](super::Conv1d::forward), for data
/// `E`, a weight of shape `W`, and a bias of shape `C`.
pub type Filtered<'a, E, W, C, T, B, Output> =
    Lazy<Convolved<E, &'a Tensor<T, W, B>, &'a Tensor<T, C, B>, Output>>;

impl<
    In: Length,
    Out: Length,
    const K: usize,
    const STRIDE: usize,
    const PAD: usize,
    const DILATION: usize,
    const GROUPS: usize,
    T: Float,
    B: Storage,
> Conv2d<In, Out, K, STRIDE, PAD, DILATION, GROUPS, WithBias, T, B>
where
    Groups<GROUPS>: Divides<In, Self> + Divides<Out, Self>,
{
    /// Makes a layer from a weight `(out, in / GROUPS, K, K)` and a bias `(out,)`.
    ///
    /// # Panics
    /// If `Out` is a run-time length that differs between `weight` and `bias`.
    ///
    /// ```
    /// use shapewright::{Dim, nn::Conv2d, prelude::*, tensor};
    /// let sums: Conv2d<Dim<1>, Dim<1>, 2> = Conv2d::new(tensor![1.0; {1}, {1}, 2, 2], tensor![0.5; {1}]);
    /// let image = tensor![[[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]]];
    /// assert_eq!(sums.forward(&image).to_tensor(), [[[[12.5, 16.5]]]]);
    /// ```
    #[track_caller]
    pub fn new(
        weight: Tensor<T, (Out, EachGroup<In, Self, GROUPS>, Dim<K>, Dim<K>), B>,
        bias: Tensor<T, (Out,), B>,
    ) -> Self {
        agreement::receive(bias.shape(), (weight.shape().0,));
        Self { weight, bias }
    }

    /// As [`new`](Self::new), for a constant or a `static`. All lengths must be static.
    ///
    /// ```
    /// use shapewright::{Array, Dim, Inline, array, nn::{Conv2d, WithBias}, prelude::*};
    /// static SUMS: Conv2d<Dim<1>, Dim<1>, 2, 1, 0, 1, 1, WithBias, f32, Inline> =
    ///     Conv2d::const_new(Array::new([[[[1.0, 1.0], [1.0, 1.0]]]]), Array::new([0.5]));
    /// let image = array![[[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]]];
    /// assert_eq!(SUMS.forward(&image).to_array(), [[[[12.5, 16.5]]]]);
    /// ```
    pub const fn const_new(
        weight: Tensor<T, (Out, EachGroup<In, Self, GROUPS>, Dim<K>, Dim<K>), B>,
        bias: Tensor<T, (Out,), B>,
    ) -> Self
    where
        Out: StaticLength,
    {
        Self::of_parts(weight, bias)
    }
}

impl<
    In: Length,
    Out: Length,
    const K: usize,
    const STRIDE: usize,
    const PAD: usize,
    const DILATION: usize,
    const GROUPS: usize,
    T: Float,
    B: Storage,
> Conv2d<In, Out, K, STRIDE, PAD, DILATION, GROUPS, NoBias, T, B>
where
    Groups<GROUPS>: Divides<In, Self> + Divides<Out, Self>,
{
    /// Makes a layer without a bias from a weight `(out, in / GROUPS, K, K)`.
    ///
    /// ```
    /// use shapewright::{Dim, nn::{Conv2d, NoBias}, prelude::*, tensor};
    /// // Two groups of one channel each: every channel is filtered by itself.
    /// let weight = tensor![[[[2.0]]], [[[10.0]]]].rename::<shape![2, {1}, {1}, {1}]>();
    /// let each: Conv2d<Dim<2>, Dim<2>, 1, 1, 0, 1, 2, NoBias> = Conv2d::without_bias(weight);
    /// let image = tensor![[[[1.0, 2.0]], [[3.0, 4.0]]]];
    /// assert_eq!(each.forward(&image).to_tensor(), [[[[2.0, 4.0]], [[30.0, 40.0]]]]);
    /// ```
    pub const fn without_bias(
        weight: Tensor<T, (Out, EachGroup<In, Self, GROUPS>, Dim<K>, Dim<K>), B>,
    ) -> Self {
        Self { weight, bias: () }
    }
}

impl<
    In: Length,
    Out: Length,
    const K: usize,
    const STRIDE: usize,
    const PAD: usize,
    const DILATION: usize,
    const GROUPS: usize,
    Bi: Bias,
    T: Float,
    B: Storage,
> Conv2d<In, Out, K, STRIDE, PAD, DILATION, GROUPS, Bi, T, B>
where
    Groups<GROUPS>: Divides<In, Self> + Divides<Out, Self>,
{
    /// Makes a layer without comparing lengths. Either `Out` is static, or the caller has checked
    /// that `weight` and `bias` have the same length `Out`.
    pub(crate) const fn of_parts(
        weight: Tensor<T, (Out, EachGroup<In, Self, GROUPS>, Dim<K>, Dim<K>), B>,
        bias: Bi::Of<T, Out, B>,
    ) -> Self {
        Self { weight, bias }
    }

    /// Applies the layer to images `(n, in, h, w)`; the result is `(n, out, h', w')`. Lazy: the
    /// whole result is computed when a destination is named, as by `.to_tensor()`.
    ///
    /// # Panics
    /// If the number of channels is known only at run time and differs between the layer and `x`,
    /// or if the height or width of an image is known only at run time and a window is longer than
    /// the padded image.
    ///
    /// ```
    /// use shapewright::{Dim, Tensor, nn::Conv2d, prelude::*};
    /// dim!(pub Batch);
    /// fn features(conv: &Conv2d<Dim<3>, Dim<16>, 3, 2, 1>, x: &Tensor<f32, shape![?Batch, 3, 28, 28]>)
    ///     -> Tensor<f32, shape![?Batch, 16, 14, 14]> {
    ///     conv.forward(x).relu().to_tensor()
    /// }
    /// ```
    #[inline]
    #[track_caller]
    pub fn forward<X: Operand<T>, Output: Shape>(
        &self,
        x: X,
    ) -> Filtered<
        '_,
        X::Node,
        (Out, EachGroup<In, Self, GROUPS>, Dim<K>, Dim<K>),
        (Out,),
        T,
        B,
        Output,
    >
    where
        X::Shape: ImagesTo<In, Out, Self, K, STRIDE, PAD, DILATION, Output = Output>,
    {
        const { verify::counted::<Output>() };
        const { verify::grouped::<Out>(GROUPS) };
        const { <X::Shape as ImagesTo<In, Out, Self, K, STRIDE, PAD, DILATION>>::VERIFIED };
        let data = x.into_operand();
        let (out, each, ..) = self.weight.shape();
        let (shape, channels) = data.shape().output(out);
        agreement::channels("Conv2d", each.len() * GROUPS, channels, data.shape());
        agreement::counted(shape);
        let how = Windows::square(K, STRIDE, PAD, DILATION, GROUPS);
        Lazy(Convolved {
            data,
            weight: &self.weight,
            bias: self.bias(),
            how,
            shape: Carried::new(shape),
        })
    }

    /// The weight, of shape `(out, in / GROUPS, K, K)`.
    pub fn weight(&self) -> &Tensor<T, (Out, EachGroup<In, Self, GROUPS>, Dim<K>, Dim<K>), B> {
        &self.weight
    }

    /// The bias, of shape `(out,)`, if the layer has one.
    pub fn bias(&self) -> Option<&Tensor<T, (Out,), B>> {
        Bi::get(&self.bias)
    }
}

#[cfg(feature = "alloc")]
impl<
    S,
    In: Length,
    Out: Length,
    const K: usize,
    const STRIDE: usize,
    const PAD: usize,
    const DILATION: usize,
    const GROUPS: usize,
    Bi: Bias,
    T: Float,
    B: Storage,
    Output: Shape,
> Layer<S, T> for Conv2d<In, Out, K, STRIDE, PAD, DILATION, GROUPS, Bi, T, B>
where
    Groups<GROUPS>: Divides<In, Self> + Divides<Out, Self>,
    S: ImagesTo<In, Out, Self, K, STRIDE, PAD, DILATION, Output = Output>,
{
    type Output = Output;
    const PARAMETERS: Option<usize> =
        Some(parameters::<(Out, EachGroup<In, Self, GROUPS>, Dim<K>, Dim<K>), Out, Bi>());
    const MULTIPLICATIONS: Option<usize> = Some(count::<Output>().saturating_mul(count::<(
        EachGroup<In, Self, GROUPS>,
        Dim<K>,
        Dim<K>,
    )>()));
    fn forward(&self, x: Tensor<T, S>) -> Tensor<T, Output> {
        Conv2d::forward(self, &x).to_tensor()
    }
}

impl<
    In: Length,
    Out: Length,
    const K: usize,
    const STRIDE: usize,
    const PAD: usize,
    const DILATION: usize,
    const GROUPS: usize,
    Bi: Bias,
    T: Float,
    B: Storage,
> core::fmt::Debug for Conv2d<In, Out, K, STRIDE, PAD, DILATION, GROUPS, Bi, T, B>
where
    Groups<GROUPS>: Divides<In, Self> + Divides<Out, Self>,
{
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Conv2d").field("weight", &self.weight).field("bias", &self.bias()).finish()
    }
}

#[cfg(feature = "alloc")]
impl<
    In: Length,
    Out: Length,
    const K: usize,
    const STRIDE: usize,
    const PAD: usize,
    const DILATION: usize,
    const GROUPS: usize,
    Bi: Bias,
    T: Float,
    B: Storage,
> Conv2d<In, Out, K, STRIDE, PAD, DILATION, GROUPS, Bi, T, B>
where
    Groups<GROUPS>: Divides<In, Self> + Divides<Out, Self>,
{
    /// Combines this layer and a batch norm after it, and returns the weight and the bias of the
    /// combination: `weight * scale`, and `(bias - mean) * scale + beta`, where the scale is
    /// `gamma / sqrt(var + eps)`. Given this weight and this bias, `new` makes one layer whose
    /// results are those of the two layers except for rounding.
    ///
    /// The mean of the batch norm becomes part of the bias. If the mean is far from 0, the products
    /// and the bias are large and cancel, which loses precision.
    ///
    /// # Panics
    /// If the number of channels is known only at run time and differs between the layer and
    /// `norm`.
    ///
    /// ```
    /// use shapewright::{Dim, Tensor, nn::{BatchNorm, Conv2d}, prelude::*, tensor};
    /// let conv = Conv2d::<Dim<2>, Dim<2>, 1>::new(Tensor::from_nested([[[[1.0]], [[2.0]]], [[[0.0]], [[1.0]]]]), tensor![0.5, 0.0]);
    /// let x = tensor![[[[1.0, 2.0]], [[3.0, 4.0]]]];
    /// let norm = BatchNorm::new(tensor![1.0, 2.0], tensor![0.0, 5.0], tensor![3.0, 2.0], tensor![4.0, 1.0], 0.0);
    /// let (weight, bias) = conv.folded(&norm);
    /// let both = Conv2d::<Dim<2>, Dim<2>, 1>::new(weight, bias);
    /// let one_by_one = norm.forward(conv.forward(&x)).to_tensor();
    /// assert_eq!(both.forward(&x).to_tensor(), one_by_one);
    /// ```
    #[doc(alias("fuse_conv_bn_eval", "fold"))]
    #[track_caller]
    pub fn folded<C: Storage>(
        &self,
        norm: &BatchNorm<Out, T, C>,
    ) -> Folded2d<In, Out, K, GROUPS, Self, T> {
        let scale = norm.scale().to_tensor();
        let weight =
            (&self.weight * scale.expand_dims((Axis::<1>, Axis::<2>, Axis::<3>))).to_tensor();
        let bias = norm.folded_bias(self.bias(), &scale);
        (weight, bias)
    }
}
