//! Pooling: the maximum, or the mean, of each window of images.

#[cfg(feature = "alloc")]
use super::cost::count;
use super::images::PooledBy;
#[cfg(feature = "alloc")]
use super::layer::Layer;
use crate::agreement;
use crate::element::{Float, Numeric, StandIn};
use crate::expr::{Lazy, Operand, Pooled, Shaped};
use crate::kernels::images::Windows;
use crate::kernels::pool::Pool;
#[cfg(feature = "alloc")]
use crate::ops::Evaluate;
use crate::shape::{Carried, Shape};
#[cfg(feature = "alloc")]
use crate::tensor::Tensor;
use crate::verify;

/// The maximum of each window of `K` by `K`: images `(n, c, h, w)` become `(n, c, h', w')`.
///
/// Windows move by `STRIDE`, by default `K`. The compiler computes
/// `h' = (h + 2 * PAD - K) / STRIDE + 1`, and `w'` in the same way. Elements of the padding count
/// as less than any element of the image; the maximum is NaN if the window has a NaN, as in
/// PyTorch's `torch.nn.MaxPool2d`. The padding is at most half of the window, so that each window
/// has an element of the image.
///
/// ```
/// use shapewright::{nn::MaxPool2d, prelude::*, tensor};
/// let x = tensor![[[[1, 2, 5, 0], [3, 4, 0, 6]]]];
/// assert_eq!(MaxPool2d::<2>.forward(&x).to_tensor(), [[[[4, 6]]]]);
/// ```
/// A window longer than the image does not compile:
/// ```compile_fail
/// # use shapewright::{nn::MaxPool2d, prelude::*, tensor};
/// let _ = MaxPool2d::<3>.forward(&tensor![[[[1, 2, 5, 0], [3, 4, 0, 6]]]]);
/// ```
#[doc(alias("nn.MaxPool2d", "max_pool2d"))]
#[derive(Clone, Copy, Debug, Default)]
pub struct MaxPool2d<const K: usize, const STRIDE: usize = K, const PAD: usize = 0>;

/// The mean of each window of `K` by `K`: images `(n, c, h, w)` become `(n, c, h', w')`.
///
/// Windows move by `STRIDE`, by default `K`. The compiler computes
/// `h' = (h + 2 * PAD - K) / STRIDE + 1`, and `w'` in the same way. The divisor is `K * K`, which
/// counts the zeros of the padding, like the default of PyTorch's `torch.nn.AvgPool2d`. If
/// `COUNT_PAD` is false, the divisor is the number of elements of the window that are in the image,
/// as for PyTorch's `count_include_pad=False`. The padding is at most half of the window.
///
/// ```
/// use shapewright::{nn::AvgPool2d, prelude::*, tensor};
/// let x = tensor![[[[1.0, 2.0, 5.0, 0.0], [3.0, 6.0, 0.0, 7.0]]]];
/// assert_eq!(AvgPool2d::<2>.forward(&x).to_tensor(), [[[[3.0, 3.0]]]]);
/// let padded = tensor![[[[4.0, 8.0], [4.0, 8.0]]]];
/// assert_eq!(AvgPool2d::<2, 2, 1>.forward(&padded).to_tensor(), [[[[1.0, 2.0], [1.0, 2.0]]]]);
/// assert_eq!(AvgPool2d::<2, 2, 1, false>.forward(&padded).to_tensor(), [[[[4.0, 8.0], [4.0, 8.0]]]]);
/// ```
#[doc(alias("nn.AvgPool2d", "avg_pool2d", "mean_pool"))]
#[derive(Clone, Copy, Debug, Default)]
pub struct AvgPool2d<
    const K: usize,
    const STRIDE: usize = K,
    const PAD: usize = 0,
    const COUNT_PAD: bool = true,
>;

/// The operation of [`MaxPool2d`]: the maximum of the elements of a window.
#[derive(Clone, Copy, Debug)]
pub struct MaxOfWindow;
impl<T: Numeric> Pool<T> for MaxOfWindow {
    const IDENTITY: T = T::MINIMUM;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn both(a: T, b: T) -> T {
        a.maximum(b)
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn finish(self, folded: T, _: usize, _: usize) -> T {
        folded
    }
}

/// The operation of [`AvgPool2d`]: the mean of the elements of a window, with a divisor that counts
/// the padding if `COUNT_PAD` is true.
#[derive(Clone, Copy, Debug)]
pub struct MeanOfWindow<const COUNT_PAD: bool>;
impl<T: Numeric, const COUNT_PAD: bool> Pool<T> for MeanOfWindow<COUNT_PAD> {
    const IDENTITY: T = T::ZERO;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn both(a: T, b: T) -> T {
        a.plus(b)
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn finish(self, folded: T, taps: usize, all: usize) -> T {
        let count = if COUNT_PAD { all } else { taps };
        T::of_float(folded.float().divided(<T as StandIn>::Float::of_count(count)))
    }
}

/// Makes the lazy node that applies `op` to the windows of the layer `By`.
#[inline]
#[track_caller]
fn pooled<Op, By, X, T, Output: Shape, const K: usize, const STRIDE: usize, const PAD: usize>(
    op: Op,
    x: X,
) -> Lazy<Pooled<Op, X::Node, Output>>
where
    Op: Pool<T>,
    X: Operand<T, Shape: PooledBy<By, K, STRIDE, PAD, Output = Output>>,
    T: Numeric,
{
    let data = x.into_operand();
    let shape = data.shape().output();
    agreement::counted(shape);
    let how = Windows::square(K, STRIDE, PAD, 1, 1);
    Lazy(Pooled { op, data, how, shape: Carried::new(shape) })
}

impl<const K: usize, const STRIDE: usize, const PAD: usize> MaxPool2d<K, STRIDE, PAD> {
    /// Applies the layer to images `(n, c, h, w)`; the result is `(n, c, h', w')`. Lazy: the whole
    /// result is computed when a destination is named, as by `.to_tensor()`.
    ///
    /// # Panics
    /// If the height or width of an image is known only at run time and a window is longer than the
    /// padded image.
    ///
    /// ```
    /// use shapewright::{nn::MaxPool2d, prelude::*, tensor};
    /// let x = tensor![[[[1.0, -2.0], [-3.0, -4.0]]]];
    /// assert_eq!(MaxPool2d::<2, 1, 1>.forward(&x).to_tensor()[[0, 0, 2, 2]], -4.0);
    /// ```
    #[inline]
    #[track_caller]
    pub fn forward<X: Operand<T>, T: Numeric, Output: Shape>(
        &self,
        x: X,
    ) -> Lazy<Pooled<MaxOfWindow, X::Node, Output>>
    where
        X::Shape: PooledBy<Self, K, STRIDE, PAD, Output = Output>,
    {
        const { verify::counted::<Output>() };
        const { <X::Shape as PooledBy<Self, K, STRIDE, PAD>>::VERIFIED };
        pooled(MaxOfWindow, x)
    }
}

#[cfg(feature = "alloc")]
impl<S, T: Numeric, Output: Shape, const K: usize, const STRIDE: usize, const PAD: usize>
    Layer<S, T> for MaxPool2d<K, STRIDE, PAD>
where
    S: PooledBy<Self, K, STRIDE, PAD, Output = Output>,
{
    type Output = Output;
    const PARAMETERS: Option<usize> = Some(0);
    const MULTIPLICATIONS: Option<usize> = Some(0);
    fn forward(&self, x: Tensor<T, S>) -> Tensor<T, Output> {
        MaxPool2d::forward(self, &x).to_tensor()
    }
}

impl<const K: usize, const STRIDE: usize, const PAD: usize, const COUNT_PAD: bool>
    AvgPool2d<K, STRIDE, PAD, COUNT_PAD>
{
    /// Applies the layer to images `(n, c, h, w)`; the result is `(n, c, h', w')`. Lazy: the whole
    /// result is computed when a destination is named, as by `.to_tensor()`.
    ///
    /// # Panics
    /// If the height or width of an image is known only at run time and a window is longer than the
    /// padded image.
    ///
    /// ```
    /// use shapewright::{nn::AvgPool2d, prelude::*, tensor};
    /// let x = tensor![[[[1.0, 3.0, 5.0], [1.0, 3.0, 5.0]]]];
    /// assert_eq!(AvgPool2d::<2, 1>.forward(&x).to_tensor(), [[[[2.0, 4.0]]]]);
    /// ```
    #[inline]
    #[track_caller]
    pub fn forward<X: Operand<T>, T: Float, Output: Shape>(
        &self,
        x: X,
    ) -> Lazy<Pooled<MeanOfWindow<COUNT_PAD>, X::Node, Output>>
    where
        X::Shape: PooledBy<Self, K, STRIDE, PAD, Output = Output>,
    {
        const { verify::counted::<Output>() };
        const { <X::Shape as PooledBy<Self, K, STRIDE, PAD>>::VERIFIED };
        pooled(MeanOfWindow, x)
    }
}

#[cfg(feature = "alloc")]
impl<
    S,
    T: Float,
    Output: Shape,
    const K: usize,
    const STRIDE: usize,
    const PAD: usize,
    const COUNT_PAD: bool,
> Layer<S, T> for AvgPool2d<K, STRIDE, PAD, COUNT_PAD>
where
    S: PooledBy<Self, K, STRIDE, PAD, Output = Output>,
{
    type Output = Output;
    const PARAMETERS: Option<usize> = Some(0);
    const MULTIPLICATIONS: Option<usize> = Some(count::<Output>());
    fn forward(&self, x: Tensor<T, S>) -> Tensor<T, Output> {
        AvgPool2d::forward(self, &x).to_tensor()
    }
}
