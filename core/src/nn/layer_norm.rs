//! Layer normalisation (Ba, Kiros and Hinton, 2016, arXiv:1607.06450), along the last axis.

use core::marker::PhantomData;

use super::bias::{Bias, NoBias, WithBias};
#[cfg(feature = "alloc")]
use super::cost::{count, parameters};
#[cfg(feature = "alloc")]
use super::layer::Layer;
use super::norms::{LAST, NormData};
use crate::agreement;
use crate::element::{Element, Float};
use crate::expr::{Lazy, Operand, Shaped, Standardized, Zipped};
#[cfg(feature = "alloc")]
use crate::ops::Evaluate;
use crate::ops::MeanAndRoot;
use crate::ops::kinds::Multiplied;
use crate::shape::{Carried, Length, Shape, StaticLength};
use crate::storage::{Heap, Storage};
use crate::tensor::Tensor;

/// Layer normalisation over the last axis, of length `N`:
/// `(x - mean) * (1 / sqrt(var + eps)) * gamma + beta`, with the mean and the variance of each lane
/// of `x`, the elements along the last axis. The variance is the biased one, with the divisor `N`.
///
/// The parameters have the shape `(n,)`, in any storage, and the data may have any axes before the
/// last. `eps` has no default, because each framework has a different one. The layer is PyTorch's
/// `torch.nn.LayerNorm` over one axis; for `bias=False` the type is `LayerNorm<N, NoBias>`. The
/// mean is subtracted before the multiplication, because `x * scale + (beta - mean * scale)` would
/// cancel, and lose precision, where the data are far from 0. If the variance of a lane overflows,
/// as it does in `f32` where numbers are some 2e19 apart, the results of that lane are `beta`, as
/// in PyTorch.
///
/// ```
/// use shapewright::{nn::LayerNorm, prelude::*, tensor};
/// let norm = LayerNorm::new(tensor![1.0, 2.0], tensor![0.0, 5.0], 0.0);
/// let x = tensor![[1.0, 3.0], [20.0, 10.0]];
/// assert_eq!(norm.forward(&x).to_tensor(), tensor![[-1.0, 7.0], [1.0, 3.0]]);
/// ```
/// Data whose last axis has another length does not compile:
/// ```compile_fail
/// # use shapewright::{nn::LayerNorm, prelude::*, tensor};
/// # let norm = LayerNorm::new(tensor![1.0, 2.0], tensor![0.0, 5.0], 0.0);
/// let _ = norm.forward(&tensor![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
/// ```
#[doc(alias("nn.LayerNorm", "layer_norm"))]
pub struct LayerNorm<N: Length, Bi: Bias = WithBias, T: Element = f32, B: Storage = Heap> {
    gamma: Tensor<T, (N,), B>,
    beta: Bi::Of<T, N, B>,
    eps: T,
}

impl<N: Length, T: Float, B: Storage> LayerNorm<N, WithBias, T, B> {
    /// Makes a layer from a scale `gamma` and a shift `beta`, each of shape `(n,)`; `eps` is added
    /// to the variance.
    ///
    /// # Panics
    /// If `N` is a run-time length that differs between `gamma` and `beta`.
    ///
    /// ```
    /// use shapewright::{array, nn::LayerNorm, prelude::*};
    /// let norm = LayerNorm::new(array![1.0, 1.0], array![0.5, 0.5], 0.0);
    /// assert_eq!(norm.forward(&array![2.0, 4.0]).to_array(), array![-0.5, 1.5]);
    /// ```
    #[track_caller]
    pub fn new(gamma: Tensor<T, (N,), B>, beta: Tensor<T, (N,), B>, eps: T) -> Self {
        agreement::receive(beta.shape(), gamma.shape());
        Self { gamma, beta, eps }
    }

    /// As [`new`](Self::new), for a constant or a `static`. All lengths must be static.
    ///
    /// ```
    /// use shapewright::{Array, Dim, Inline, array, nn::{LayerNorm, WithBias}, prelude::*};
    /// static NORM: LayerNorm<Dim<2>, WithBias, f32, Inline> =
    ///     LayerNorm::const_new(Array::new([1.0, 1.0]), Array::new([0.5, 0.5]), 0.0);
    /// assert_eq!(NORM.forward(&array![2.0, 4.0]).to_array(), array![-0.5, 1.5]);
    /// ```
    pub const fn const_new(gamma: Tensor<T, (N,), B>, beta: Tensor<T, (N,), B>, eps: T) -> Self
    where
        N: StaticLength,
    {
        Self::of_parts(gamma, beta, eps)
    }
}
impl<N: Length, T: Float, B: Storage> LayerNorm<N, NoBias, T, B> {
    /// Makes a layer without a shift from a scale `gamma` of shape `(n,)`; `eps` is added to the
    /// variance.
    ///
    /// ```
    /// use shapewright::{array, nn::LayerNorm, prelude::*};
    /// let norm = LayerNorm::without_bias(array![1.0, 3.0], 0.0);
    /// assert_eq!(norm.forward(&array![2.0, 4.0]).to_array(), array![-1.0, 3.0]);
    /// ```
    pub const fn without_bias(gamma: Tensor<T, (N,), B>, eps: T) -> Self {
        Self { gamma, beta: (), eps }
    }
}

/// The lazy result of [`LayerNorm::forward`]. `Kept` is the shape of `X` with `One` in place of the
/// last axis.
pub type LayerNormalized<'a, N, Bi, T, B, X, Kept> = Lazy<
    <Bi as Bias>::Sum<
        'a,
        T,
        N,
        B,
        Zipped<
            <X as Operand<T>>::Shape,
            T,
            Multiplied,
            Standardized<MeanAndRoot<T>, <X as Operand<T>>::Node, Kept>,
            &'a Tensor<T, (N,), B>,
        >,
        <X as Operand<T>>::Shape,
    >,
>;

impl<N: Length, Bi: Bias, T: Float, B: Storage> LayerNorm<N, Bi, T, B> {
    /// Makes a layer without comparing lengths. Either `N` is static, or the caller has checked
    /// that `gamma` and `beta` have the same length `N`.
    pub(crate) const fn of_parts(gamma: Tensor<T, (N,), B>, beta: Bi::Of<T, N, B>, eps: T) -> Self {
        Self { gamma, beta, eps }
    }

    /// Normalises data `(.., n)`. Lazy: when a destination is named, as by `.to_tensor()`, the
    /// means and variances are computed first, and the other steps fuse with the operations that
    /// follow. If `x` is an expression that is not in memory, its elements are computed twice, once
    /// for the means and variances and once for the other steps. Store an expensive expression
    /// first, by `.to_tensor()`.
    ///
    /// # Panics
    /// If the length of the last axis is known only at run time and differs between the layer and
    /// `x`.
    ///
    /// ```
    /// use shapewright::{nn::LayerNorm, prelude::*, tensor};
    /// let norm = LayerNorm::new(tensor![1.0f32, 1.0], tensor![0.0, 0.0], 1e-5);
    /// let x = tensor![[[5.0, 5.0]], [[7.0, 7.0]]];
    /// assert_eq!(norm.forward(&x).to_tensor(), tensor![[[0.0, 0.0]], [[0.0, 0.0]]]);
    /// ```
    #[inline]
    #[track_caller]
    pub fn forward<X: Operand<T>, Kept: Shape>(
        &self,
        x: X,
    ) -> LayerNormalized<'_, N, Bi, T, B, X, Kept>
    where
        X::Shape: NormData<N, Self, Kept = Kept>,
    {
        let expr = x.into_operand();
        let (kept, len) = NormData::<N, Self>::kept(expr.shape());
        agreement::features("LayerNorm", self.gamma.shape().0, len, expr.shape());
        let (shape, kept) = (Carried::new(expr.shape()), Carried::new(kept));
        let lhs = Standardized { statistic: MeanAndRoot(self.eps), expr, axes: LAST, kept };
        let scaled =
            Zipped { op: Multiplied, lhs, rhs: &self.gamma, shape, elem: PhantomData::<T> };
        Lazy(Bi::add(scaled, &self.beta))
    }

    /// The scale parameter, of shape `(n,)`.
    #[doc(alias("weight"))]
    pub fn gamma(&self) -> &Tensor<T, (N,), B> {
        &self.gamma
    }
    /// The shift parameter, of shape `(n,)`, if the layer has one.
    #[doc(alias("bias"))]
    pub fn beta(&self) -> Option<&Tensor<T, (N,), B>> {
        Bi::get(&self.beta)
    }
    /// The number that is added to the variance.
    #[doc(alias("epsilon"))]
    pub fn eps(&self) -> T {
        self.eps
    }
}

#[cfg(feature = "alloc")]
impl<S: NormData<N, Self>, N: Length, Bi: Bias, T: Float, B: Storage> Layer<S, T>
    for LayerNorm<N, Bi, T, B>
{
    type Output = S;
    const PARAMETERS: Option<usize> = Some(parameters::<(N,), N, Bi>());
    const MULTIPLICATIONS: Option<usize> = Some(count::<S>().saturating_mul(2));
    fn forward(&self, x: Tensor<T, S>) -> Tensor<T, S> {
        LayerNorm::forward(self, &x).to_tensor()
    }
}

impl<N: Length, Bi: Bias, T: Float, B: Storage> core::fmt::Debug for LayerNorm<N, Bi, T, B> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("LayerNorm")
            .field("gamma", &self.gamma)
            .field("beta", &self.beta())
            .field("eps", &self.eps)
            .finish()
    }
}
