//! Batch normalisation (Ioffe and Szegedy, 2015, arXiv:1502.03167), for inference: the statistics
//! are passed in, or computed from data.
//!
//! The layer stores only the tensors that a file of weights has, so that it can lie in flash
//! memory. The scale `gamma / sqrt(var + eps)` is therefore computed again in each evaluation,
//! which takes 1 % of the evaluation's time for data of shape `(1000, 256)`.

use core::marker::PhantomData;

use super::channels::{DataOf, Normalizes};
#[cfg(feature = "alloc")]
use super::cost::count;
#[cfg(feature = "alloc")]
use super::layer::Layer;
use crate::agreement;
use crate::element::Float;
use crate::expr::{
    Append, IntoExpr, Lazy, Mapped, Operand, Rearranged, Scalar, Shaped, Ternary, Zipped,
};
use crate::ops::AxisMoments;
#[cfg(feature = "alloc")]
use crate::ops::Evaluate;
use crate::ops::kinds::{Added, Divided, ScaleShift, Sqrt, Subtracted};
use crate::shape::{Carried, Length, StaticLength, StaticShape};
use crate::storage::{Heap, Storage};
use crate::tensor::{Array, Tensor};

/// Batch normalisation over `C` channels: `(x - mean) / sqrt(var + eps) * gamma + beta`. The
/// channels are axis 1.
///
/// `gamma`, `beta`, `mean` and `var` each have the shape `(c,)`, in any storage. The data are
/// normalised with the variance that is passed in, as PyTorch and ONNX do for inference; `eps` has
/// no default, because each framework has a different one.
///
/// An element of the result is `(x - mean) * scale + beta`: three operations, each rounded by
/// itself. The mean is subtracted first, because `x * scale + (beta - mean * scale)` would cancel,
/// and lose precision, where the data are far from 0. The scale is `gamma / sqrt(var + eps)`,
/// computed once per channel. The error of the product `(x - mean) * scale` is at most 4 ULP, and
/// the addition of `beta` adds half an ULP.
///
/// With the feature `alloc`, `nn::ChannelMoments` computes the statistics of data, batch by batch,
/// and [`recalibrated`](Self::recalibrated) makes a layer with these statistics. If a convolution
/// or a linear layer comes before the batch norm, the method `folded` of that layer combines it
/// with the batch norm.
///
/// ```
/// use shapewright::{nn::BatchNorm, prelude::*, tensor};
/// let x = tensor![[1.0, 10.0], [3.0, 30.0], [5.0, 20.0]];
/// let norm = BatchNorm::new(tensor![1.0, 2.0], tensor![0.0, 5.0], tensor![3.0, 20.0], tensor![4.0, 100.0], 0.0);
/// assert_eq!(norm.forward(&x).to_tensor(), tensor![[-1.0, 3.0], [0.0, 7.0], [1.0, 5.0]]);
/// ```
/// Statistics of another length do not compile, nor does data with another number of channels:
/// ```compile_fail
/// # use shapewright::{nn::BatchNorm, prelude::*, tensor};
/// let _ = BatchNorm::new(tensor![1.0, 2.0], tensor![0.0, 5.0], tensor![3.0, 20.0, 1.0], tensor![4.0, 100.0], 0.0);
/// ```
/// ```compile_fail
/// # use shapewright::{nn::BatchNorm, prelude::*, tensor};
/// # let norm = BatchNorm::new(tensor![1.0, 2.0], tensor![0.0, 5.0], tensor![3.0, 20.0], tensor![4.0, 100.0], 0.0);
/// let _ = norm.forward(&tensor![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
/// ```
#[doc(alias("batch_norm", "BatchNorm1d", "BatchNorm2d"))]
pub struct BatchNorm<C: Length, T: Float = f32, B: Storage = Heap> {
    gamma: Tensor<T, (C,), B>,
    beta: Tensor<T, (C,), B>,
    mean: Tensor<T, (C,), B>,
    var: Tensor<T, (C,), B>,
    eps: T,
}

impl<C: Length, T: Float, B: Storage> core::fmt::Debug for BatchNorm<C, T, B> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("BatchNorm")
            .field("gamma", &self.gamma)
            .field("beta", &self.beta)
            .field("mean", &self.mean)
            .field("var", &self.var)
            .field("eps", &self.eps)
            .finish()
    }
}

/// A tensor `(c,)` with an axis of `One` appended for each axis after the channels, so that it
/// broadcasts to data of shape `S`.
type AlignedStatistic<'a, C, T, B, S> =
    Rearranged<Append, &'a Tensor<T, (C,), B>, <C as Normalizes<S>>::Aligned>;

/// Data minus the mean of each channel.
type Centered<'a, C, T, B, X, S> = Zipped<S, T, Subtracted, X, AlignedStatistic<'a, C, T, B, S>>;

/// The factor of each channel: `gamma / sqrt(var + eps)`, of shape `(c,)`.
type Scale<'a, C, T, B> = Zipped<
    (C,),
    T,
    Divided,
    &'a Tensor<T, (C,), B>,
    Mapped<Sqrt, Zipped<(C,), T, Added, &'a Tensor<T, (C,), B>, Scalar<T>>>,
>;

/// The lazy result of [`BatchNorm::forward`].
pub type Normalized<'a, C, T, B, X> = Lazy<
    Ternary<
        ScaleShift,
        Centered<'a, C, T, B, <X as Operand<T>>::Node, <X as Operand<T>>::Shape>,
        Rearranged<
            Append,
            Scale<'a, C, T, B>,
            <C as Normalizes<<X as Operand<T>>::Shape>>::Aligned,
        >,
        AlignedStatistic<'a, C, T, B, <X as Operand<T>>::Shape>,
        <X as Operand<T>>::Shape,
    >,
>;

impl<C: Length, T: Float, B: Storage> BatchNorm<C, T, B> {
    /// Makes a layer from parameters and statistics, each of shape `(c,)`; `eps` is added to the
    /// variance.
    ///
    /// # Panics
    /// If `C` is a run-time length that differs between `gamma`, `beta`, `mean` and `var`. To
    /// compare the lengths beforehand, call [`agree`](crate::agree()).
    ///
    /// ```
    /// use shapewright::{array, nn::BatchNorm, prelude::*};
    /// let norm = BatchNorm::new(array![2.0, 1.0], array![1.0, 0.0], array![3.0, 0.0], array![4.0, 1.0], 0.0);
    /// assert_eq!(norm.forward(&array![[5.0, 7.0]]).to_array(), array![[3.0, 7.0]]);
    /// ```
    #[track_caller]
    pub fn new(
        gamma: Tensor<T, (C,), B>,
        beta: Tensor<T, (C,), B>,
        mean: Tensor<T, (C,), B>,
        var: Tensor<T, (C,), B>,
        eps: T,
    ) -> Self {
        agreement::receive(beta.shape(), gamma.shape());
        agreement::receive(mean.shape(), gamma.shape());
        agreement::receive(var.shape(), gamma.shape());
        Self { gamma, beta, mean, var, eps }
    }

    /// As [`new`](Self::new), for a constant or a `static`. All lengths must be static.
    ///
    /// ```
    /// use shapewright::{Array, Dim, Inline, array, nn::BatchNorm, prelude::*};
    /// static NORM: BatchNorm<Dim<2>, f32, Inline> = BatchNorm::const_new(
    ///     Array::new([2.0, 1.0]), Array::new([1.0, 0.0]), Array::new([3.0, 0.0]), Array::new([4.0, 1.0]), 0.0,
    /// );
    /// assert_eq!(NORM.forward(&array![[5.0, 7.0]]).to_array(), array![[3.0, 7.0]]);
    /// ```
    pub const fn const_new(
        gamma: Tensor<T, (C,), B>,
        beta: Tensor<T, (C,), B>,
        mean: Tensor<T, (C,), B>,
        var: Tensor<T, (C,), B>,
        eps: T,
    ) -> Self
    where
        C: StaticLength,
    {
        Self::of_parts(gamma, beta, mean, var, eps)
    }

    /// Makes a layer without comparing lengths. Either `C` is static, or the caller has checked
    /// that the four tensors have the same length `C`.
    pub(crate) const fn of_parts(
        gamma: Tensor<T, (C,), B>,
        beta: Tensor<T, (C,), B>,
        mean: Tensor<T, (C,), B>,
        var: Tensor<T, (C,), B>,
        eps: T,
    ) -> Self {
        Self { gamma, beta, mean, var, eps }
    }

    /// The factor of each channel: `gamma / sqrt(var + eps)`, of shape `(c,)`.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(super) fn scale(&self) -> Lazy<Scale<'_, C, T, B>> {
        let shape = Carried::new(self.gamma.shape());
        let eps = self.eps.into_operand();
        let sum = Zipped { op: Added, lhs: &self.var, rhs: eps, shape, elem: PhantomData };
        let root = Mapped { op: Sqrt, expr: sum };
        Lazy(Zipped { op: Divided, lhs: &self.gamma, rhs: root, shape, elem: PhantomData })
    }

    /// The bias of the layer that combines another layer with this norm after it: `(bias - mean) *
    /// scale + beta`. `bias` is the bias of that other layer; `None` stands for zeros.
    #[cfg(feature = "alloc")]
    #[track_caller]
    pub(super) fn folded_bias<D: Storage>(
        &self,
        bias: Option<&Tensor<T, (C,), D>>,
        scale: &Tensor<T, (C,)>,
    ) -> Tensor<T, (C,)> {
        match bias {
            Some(bias) => ((bias - &self.mean) * scale + &self.beta).to_tensor(),
            None => (&self.beta - &self.mean * scale).to_tensor(),
        }
    }

    /// Normalises data of shape `(n, c)`, `(n, c, l)`, `(n, c, h, w)` or `(n, c, d, h, w)`. Lazy:
    /// the normalisation fuses with the operations that follow.
    ///
    /// # Panics
    /// If the number of channels is known only at run time and differs between the layer and `x`.
    /// To compare the numbers beforehand, call [`agree`](crate::agree()).
    ///
    /// ```
    /// use shapewright::{nn::BatchNorm, prelude::*, tensor};
    /// let norm = BatchNorm::new(tensor![1.0, 1.0], tensor![0.0, 0.0], tensor![1.0, 2.0], tensor![4.0, 4.0], 0.0);
    /// assert_eq!(norm.forward(&tensor![[3.0, 6.0]]).maximum(1.5).to_tensor(), tensor![[1.5, 2.0]]);
    /// ```
    #[inline]
    #[track_caller]
    pub fn forward<X: Operand<T>>(&self, x: X) -> Normalized<'_, C, T, B, X>
    where
        C: Normalizes<X::Shape>,
    {
        let x = x.into_operand();
        let shape = x.shape();
        let channels = <C as Normalizes<X::Shape>>::channels(shape).len();
        agreement::channels("BatchNorm", self.gamma.shape().0.len(), channels, shape);
        let how = Append { axes: <C as Normalizes<X::Shape>>::AXES_AFTER };
        let aligned = |expr| Rearranged { how, expr, shape: Carried::new(C::aligned(shape)) };
        let b = Rearranged { how, expr: self.scale().0, shape: Carried::new(C::aligned(shape)) };
        let c = aligned(&self.beta);
        let (lhs, rhs) = (x, aligned(&self.mean));
        let a = Zipped { op: Subtracted, lhs, rhs, shape: Carried::new(shape), elem: PhantomData };
        Lazy(Ternary { op: ScaleShift, a, b, c, shape: Carried::new(shape) })
    }

    /// Returns gamma, beta and eps, and drops the statistics.
    #[cfg(feature = "alloc")]
    pub(super) fn into_parameters(self) -> (Tensor<T, (C,), B>, Tensor<T, (C,), B>, T) {
        (self.gamma, self.beta, self.eps)
    }

    /// The scale parameter, of shape `(c,)`.
    #[doc(alias("weight"))]
    pub fn gamma(&self) -> &Tensor<T, (C,), B> {
        &self.gamma
    }
    /// The shift parameter, of shape `(c,)`.
    #[doc(alias("bias"))]
    pub fn beta(&self) -> &Tensor<T, (C,), B> {
        &self.beta
    }
    /// The mean of each channel, of shape `(c,)`.
    #[doc(alias("running_mean"))]
    pub fn mean(&self) -> &Tensor<T, (C,), B> {
        &self.mean
    }
    /// The variance of each channel, of shape `(c,)`, with which data are normalised.
    #[doc(alias("running_var"))]
    pub fn var(&self) -> &Tensor<T, (C,), B> {
        &self.var
    }
    /// The number that is added to the variance.
    #[doc(alias("epsilon"))]
    pub fn eps(&self) -> T {
        self.eps
    }
}

/// The mean and the variance of each channel of `x`. The returned value computes them when it is
/// converted to tensors or arrays.
pub(super) fn statistics<X: IntoExpr<Elem: Float>, C: Length>(
    x: X,
) -> AxisMoments<X::Node, (C,), ()>
where
    X::Shape: DataOf<C>,
{
    let expr = x.into_expr();
    let shape = Carried::new((expr.shape().channels(),));
    AxisMoments {
        expr,
        axes: <X::Shape as DataOf<C>>::REDUCED,
        shape,
        kept: Carried::new(()),
        ddof: 0,
    }
}

#[cfg(feature = "alloc")]
impl<C: Length, T: Float> BatchNorm<C, T> {
    /// Makes a layer with the statistics of `x`: the mean and the biased variance of each channel,
    /// over all other axes. Gamma is 1 and beta is 0. `x` has a shape that
    /// [`forward`](Self::forward) takes.
    ///
    /// If `x` has one value per channel, the variance is 0, and the layer normalises that value to
    /// 0 if `eps` is positive, as in ONNX's training mode, and NaN if `eps` is 0. (PyTorch refuses
    /// to train on one value per channel.) If `x` has no values, the statistics are NaN.
    ///
    /// ```
    /// use shapewright::{nn::BatchNorm, prelude::*, tensor};
    /// let x = tensor![[1.0, 10.0], [3.0, 30.0]];
    /// let norm = BatchNorm::of(&x, 0.0);
    /// assert_eq!(norm.mean(), &tensor![2.0, 20.0]);
    /// assert_eq!(norm.forward(&x).to_tensor(), tensor![[-1.0, -1.0], [1.0, 1.0]]);
    /// let single = tensor![[5.0, 7.0]];
    /// assert_eq!(BatchNorm::of(&single, 1e-5).forward(&single).to_tensor(), tensor![[0.0, 0.0]]);
    /// ```
    pub fn of<X: IntoExpr<Elem = T> + Copy>(x: X, eps: T) -> Self
    where
        X::Shape: DataOf<C>,
    {
        let (mean, var) = statistics::<_, C>(x).to_tensors();
        let shape = mean.shape();
        Self::new(Tensor::filled(shape, T::ONE), Tensor::filled(shape, T::ZERO), mean, var, eps)
    }
}

impl<C: Length, T: Float> BatchNorm<C, T, crate::storage::Inline>
where
    (C,): StaticShape,
{
    /// As [`of`](BatchNorm::of), but the layer is stored inline, and no allocator is needed.
    ///
    /// ```
    /// use shapewright::{array, nn::BatchNorm, prelude::*};
    /// let x = array![[1.0, 10.0], [3.0, 30.0]];
    /// let norm = BatchNorm::inline_of(&x, 0.0);
    /// assert_eq!(norm.forward(&x).to_array(), array![[-1.0, -1.0], [1.0, 1.0]]);
    /// ```
    pub fn inline_of<X: IntoExpr<Elem = T> + Copy>(x: X, eps: T) -> Self
    where
        X::Shape: DataOf<C>,
    {
        let (mean, var) = statistics::<_, C>(x).to_arrays();
        Self::new(Array::splat(T::ONE), Array::splat(T::ZERO), mean, var, eps)
    }
}

#[cfg(feature = "alloc")]
impl<S: DataOf<C>, C: Length, T: Float, B: Storage> Layer<S, T> for BatchNorm<C, T, B> {
    type Output = S;
    const PARAMETERS: Option<usize> = Some(count::<(C,)>().saturating_mul(2));
    const MULTIPLICATIONS: Option<usize> = Some(count::<S>());
    #[track_caller]
    fn forward(&self, x: Tensor<T, S>) -> Tensor<T, S> {
        BatchNorm::forward(self, &x).to_tensor()
    }
}
