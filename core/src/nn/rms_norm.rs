//! Root mean square normalisation (Zhang and Sennrich, 2019, arXiv:1910.07467), along the last
//! axis.

use core::marker::PhantomData;

#[cfg(feature = "alloc")]
use super::cost::count;
#[cfg(feature = "alloc")]
use super::layer::Layer;
use super::norms::{LAST, NormData};
use crate::agreement;
use crate::element::{Element, Float};
use crate::expr::{Lazy, Mapped, Operand, Reduced, Scalar, Shaped, Zipped};
#[cfg(feature = "alloc")]
use crate::ops::Evaluate;
use crate::ops::kinds::{Added, Mean, Multiplied, Rsqrt, Square};
use crate::shape::{Carried, Length, Shape};
use crate::storage::{Heap, Storage};
use crate::tensor::Tensor;

/// Root mean square normalisation over the last axis, of length `N`:
/// `x * (1 / sqrt(mean(x * x) + eps)) * gamma`, where the mean is over each lane of `x`, the
/// elements along the last axis.
///
/// The scale has the shape `(n,)`, in any storage, and the data may have any axes before the last.
/// The layer is PyTorch's `torch.nn.RMSNorm` over one axis. If the magnitude of an element is
/// larger than the square root of the largest float, its square overflows; the results of its lane
/// are then 0.
///
/// ```
/// use shapewright::{nn::RmsNorm, prelude::*, tensor};
/// let norm = RmsNorm::new(tensor![1.0, 2.0], 0.0);
/// assert_eq!(norm.forward(&tensor![[3.0, 3.0], [-4.0, 4.0]]).to_tensor(), tensor![[1.0, 2.0], [-1.0, 2.0]]);
/// ```
/// Data whose last axis has another length does not compile:
/// ```compile_fail
/// # use shapewright::{nn::RmsNorm, prelude::*, tensor};
/// # let norm = RmsNorm::new(tensor![1.0, 2.0], 0.0);
/// let _ = norm.forward(&tensor![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
/// ```
#[doc(alias("nn.RMSNorm", "rms_norm"))]
pub struct RmsNorm<N: Length, T: Element = f32, B: Storage = Heap> {
    gamma: Tensor<T, (N,), B>,
    eps: T,
}

/// `x` times the reciprocal of the root mean square of each lane.
type Scaled<T, X, Kept> = Zipped<
    <X as Operand<T>>::Shape,
    T,
    Multiplied,
    <X as Operand<T>>::Node,
    Mapped<Rsqrt, Zipped<Kept, T, Added, MeanOfSquares<T, X, Kept>, Scalar<T>>>,
>;
/// The mean of the squares of each lane.
type MeanOfSquares<T, X, Kept> = Reduced<Mean, Mapped<Square, <X as Operand<T>>::Node>, Kept, Kept>;
/// The lazy result of [`RmsNorm::forward`]. `Kept` is the shape of `X` with `One` in place of the
/// last axis.
pub type RmsNormalized<'a, N, T, B, X, Kept> = Lazy<
    Zipped<<X as Operand<T>>::Shape, T, Multiplied, Scaled<T, X, Kept>, &'a Tensor<T, (N,), B>>,
>;

impl<N: Length, T: Float, B: Storage> RmsNorm<N, T, B> {
    /// Makes a layer from a scale `gamma` of shape `(n,)`; `eps` is added to the mean of squares.
    ///
    /// ```
    /// use shapewright::{array, nn::RmsNorm, prelude::*};
    /// let norm = RmsNorm::new(array![1.0, 0.5], 0.0);
    /// assert_eq!(norm.forward(&array![2.0, -2.0]).to_array(), array![1.0, -0.5]);
    /// ```
    pub const fn new(gamma: Tensor<T, (N,), B>, eps: T) -> Self {
        Self { gamma, eps }
    }

    /// Normalises data `(.., n)`. Lazy: when a destination is named, as by `.to_tensor()`, the
    /// means of the squares are computed first, and the other steps fuse with the operations that
    /// follow. If `x` is an expression that is not in memory, its elements are computed twice, once
    /// for the means and once for the other steps. Store an expensive expression first, by
    /// `.to_tensor()`.
    ///
    /// # Panics
    /// If the length of the last axis is known only at run time and differs between the layer and
    /// `x`.
    ///
    /// ```
    /// use shapewright::{nn::RmsNorm, prelude::*, tensor};
    /// let norm = RmsNorm::new(tensor![1.0f32, 1.0], 1e-6);
    /// assert_eq!(norm.forward(&tensor![0.0, 0.0]).to_tensor(), tensor![0.0, 0.0]);
    /// ```
    #[inline]
    #[track_caller]
    pub fn forward<X: Operand<T> + Copy, Kept: Shape>(
        &self,
        x: X,
    ) -> RmsNormalized<'_, N, T, B, X, Kept>
    where
        X::Shape: NormData<N, Self, Kept = Kept>,
    {
        // `x` is converted twice, and the `into_operand` of a user's type may return a different
        // operand each time. So the shapes of `data` and `of_mean` are compared.
        let (data, of_mean) = (x.into_operand(), x.into_operand());
        let shape = data.shape();
        agreement::receive(of_mean.shape(), shape);
        let (kept, len) = NormData::<N, Self>::kept(shape);
        agreement::features("RmsNorm", self.gamma.shape().0, len, shape);
        let (shape, kept) = (Carried::new(shape), Carried::new(kept));
        let squares = Mapped { op: Square, expr: of_mean };
        let mean = Reduced { statistic: Mean, expr: squares, axes: LAST, shape: kept, kept };
        let eps = self.eps.into_operand();
        let sum = Zipped { op: Added, lhs: mean, rhs: eps, shape: kept, elem: PhantomData::<T> };
        let root = Mapped { op: Rsqrt, expr: sum };
        let scaled = Zipped { op: Multiplied, lhs: data, rhs: root, shape, elem: PhantomData::<T> };
        Lazy(Zipped {
            op: Multiplied,
            lhs: scaled,
            rhs: &self.gamma,
            shape,
            elem: PhantomData::<T>,
        })
    }

    /// The scale parameter, of shape `(n,)`.
    #[doc(alias("weight"))]
    pub fn gamma(&self) -> &Tensor<T, (N,), B> {
        &self.gamma
    }
    /// The number that is added to the mean of squares.
    #[doc(alias("epsilon"))]
    pub fn eps(&self) -> T {
        self.eps
    }
}

#[cfg(feature = "alloc")]
impl<S: NormData<N, Self>, N: Length, T: Float, B: Storage> Layer<S, T> for RmsNorm<N, T, B> {
    type Output = S;
    const PARAMETERS: Option<usize> = Some(count::<(N,)>());
    const MULTIPLICATIONS: Option<usize> = Some(count::<S>().saturating_mul(3));
    fn forward(&self, x: Tensor<T, S>) -> Tensor<T, S> {
        RmsNorm::forward(self, &x).to_tensor()
    }
}

impl<N: Length, T: Float, B: Storage> core::fmt::Debug for RmsNorm<N, T, B> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("RmsNorm").field("gamma", &self.gamma).field("eps", &self.eps).finish()
    }
}
