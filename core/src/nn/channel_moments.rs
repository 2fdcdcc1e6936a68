//! The statistics of channels, computed batch by batch, and how a batch norm is updated with them.

use alloc::vec::Vec;
use core::fmt;

use super::batch_norm::{BatchNorm, statistics};
use super::channels::DataOf;
use crate::agreement;
use crate::element::Float;
use crate::expr::IntoExpr;
use crate::ops::Moments;
use crate::shape::{Carried, Length};
use crate::tensor::Tensor;

/// The moments of each channel of data: the number of values, their mean, and their variance.
///
/// The moments are computed from batches `(n, c)`, `(n, c, l)`, `(n, c, h, w)` or
/// `(n, c, d, h, w)`, over all axes but the channels. Moments of several batches, files or threads
/// can be merged. Each channel has its own [`Moments`], whose rounding errors do not grow with the
/// number of moments that are merged.
///
/// ```
/// use shapewright::{nn::{BatchNorm, BatchNormConfig, ChannelMoments}, prelude::*, tensor};
/// let batches = [tensor![[1.0, 10.0], [3.0, 30.0]], tensor![[5.0, 20.0], [7.0, 60.0]]];
/// let seen = batches.iter().map(ChannelMoments::of).reduce(ChannelMoments::merge).unwrap();
/// assert_eq!(seen.count(), 4);
/// assert_eq!(seen.mean(), [4.0, 30.0]);
/// assert_eq!(seen.var(0), [5.0, 350.0]);
///
/// let norm = BatchNorm::of(&batches[0], 0.0).recalibrated(&seen, BatchNormConfig::onnx());
/// assert_eq!(norm.mean(), &seen.mean());
/// ```
#[doc(alias("welford", "running_mean", "running_var", "calibration"))]
#[derive(Clone)]
pub struct ChannelMoments<C: Length, T: Float = f32> {
    moments: Vec<Moments<T>>,
    shape: Carried<(C,)>,
}

impl<C: Length, T: Float> ChannelMoments<C, T> {
    /// Computes the moments of a batch.
    ///
    /// ```
    /// use shapewright::{nn::ChannelMoments, tensor};
    /// let seen = ChannelMoments::of(&tensor![[[1.0, 3.0], [5.0, 5.0]]]);
    /// assert_eq!((seen.mean(), seen.var(0)), ([2.0, 5.0].into(), [1.0, 0.0].into()));
    /// ```
    pub fn of<X: IntoExpr<Elem = T>>(x: X) -> Self
    where
        X::Shape: DataOf<C>,
    {
        let statistics = statistics::<X, C>(x);
        Self { moments: statistics.to_vec(), shape: statistics.shape }
    }

    /// The moments of no data: a merge with them changes nothing.
    ///
    /// ```
    /// use shapewright::{Dim, nn::ChannelMoments, tensor};
    /// let none = ChannelMoments::<_, f64>::none(Dim::<2>);
    /// let seen = ChannelMoments::of(&tensor![[1.0, 2.0]]);
    /// assert!(none.merge(seen.clone()) == seen);
    /// ```
    pub fn none(channels: C) -> Self {
        Self {
            moments: alloc::vec![Moments::EMPTY; channels.len()],
            shape: Carried::new((channels,)),
        }
    }

    /// Merges the moments of two sets of data.
    ///
    /// # Panics
    /// If the numbers of channels are known only at run time and differ.
    #[must_use]
    #[track_caller]
    pub fn merge(mut self, other: Self) -> Self {
        agreement::receive(other.shape.get(), self.shape.get());
        for (mine, theirs) in self.moments.iter_mut().zip(other.moments) {
            *mine = mine.merge(theirs);
        }
        self
    }

    /// The number of values of each channel.
    #[must_use]
    pub fn count(&self) -> usize {
        self.moments.first().map_or(0, Moments::count)
    }

    /// The mean of each channel, of shape `(c,)`; NaN if there are no values.
    #[must_use]
    pub fn mean(&self) -> Tensor<T, (C,)> {
        self.each(Moments::mean)
    }

    /// The variance of each channel, of shape `(c,)`, with the divisor `count - ddof`; NaN if the
    /// divisor is not positive.
    #[must_use]
    pub fn var(&self, ddof: usize) -> Tensor<T, (C,)> {
        self.each(|moments| moments.var(ddof))
    }

    /// The moments of each channel, in order.
    #[must_use]
    pub fn as_slice(&self) -> &[Moments<T>] {
        &self.moments
    }

    fn each(&self, of: impl Fn(&Moments<T>) -> T) -> Tensor<T, (C,)> {
        let mut moments = self.moments.iter();
        Tensor::from_fn_of(self.shape.get(), |_| moments.next().map_or(T::NAN, &of))
    }
}

impl<C: Length, T: Float> PartialEq for ChannelMoments<C, T> {
    fn eq(&self, other: &Self) -> bool {
        self.moments == other.moments
    }
}
impl<C: Length, T: Float> fmt::Debug for ChannelMoments<C, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChannelMoments")
            .field("channels", &self.shape.get().0)
            .field("moments", &self.moments)
            .finish()
    }
}

/// How a batch norm updates its running statistics. Frameworks differ in which variance they keep,
/// and in whether momentum is the weight of the new or of the old statistics.
///
/// | | variance | momentum is the weight of | default |
/// |---|---|---|---|
/// | [`pytorch`](Self::pytorch) | unbiased, divisor n - 1 | the new statistics | 0.1 |
/// | [`onnx`](Self::onnx) | of the population, divisor n | the old statistics | 0.9 |
///
/// Sources: PyTorch, `torch.nn.BatchNorm1d`; ONNX, `BatchNormalization`, version 15.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BatchNormConfig {
    /// The weight of the new statistics.
    share: f64,
    ddof: usize,
    weighs_new: bool,
}

impl BatchNormConfig {
    /// PyTorch's convention: the running variance is the unbiased one, and momentum, 0.1, is the
    /// weight of the new statistics.
    #[must_use]
    pub const fn pytorch() -> Self {
        Self { share: 0.1, ddof: 1, weighs_new: true }
    }

    /// ONNX's convention: the running variance is that of the population, and momentum, 0.9, is the
    /// weight of the old statistics.
    #[must_use]
    pub const fn onnx() -> Self {
        Self { share: 1.0 - 0.9, ddof: 0, weighs_new: false }
    }

    /// Sets the momentum: the weight of the new statistics for [`pytorch`](Self::pytorch), that of
    /// the old statistics for [`onnx`](Self::onnx).
    ///
    /// ```
    /// use shapewright::nn::BatchNormConfig;
    /// let (a, b) = (BatchNormConfig::pytorch().momentum(0.25), BatchNormConfig::onnx().momentum(0.75));
    /// assert_eq!(format!("{a:?}").contains("0.25"), format!("{b:?}").contains("0.25"));
    /// ```
    #[must_use]
    pub const fn momentum(self, momentum: f64) -> Self {
        Self { share: if self.weighs_new { momentum } else { 1.0 - momentum }, ..self }
    }
}

impl<C: Length, T: Float> BatchNorm<C, T> {
    /// The same layer with the statistics `seen` in place of its own. `config` determines whether
    /// the variance of `seen` is the biased or the unbiased one.
    ///
    /// # Panics
    /// If the numbers of channels are known only at run time and differ.
    ///
    /// ```
    /// use shapewright::{nn::{BatchNorm, BatchNormConfig, ChannelMoments}, tensor};
    /// let x = tensor![[1.0, 10.0], [3.0, 30.0]];
    /// let norm = BatchNorm::of(&x, 1e-5).recalibrated(&ChannelMoments::of(&x), BatchNormConfig::pytorch());
    /// assert_eq!(norm.var(), &tensor![2.0, 200.0]);
    /// ```
    #[must_use]
    #[track_caller]
    pub fn recalibrated(self, seen: &ChannelMoments<C, T>, config: BatchNormConfig) -> Self {
        let (mean, var) = (seen.mean(), seen.var(config.ddof));
        let (gamma, beta, eps) = self.into_parameters();
        Self::new(gamma, beta, mean, var, eps)
    }

    /// The same layer after one more batch: its statistics become weighted means of their old
    /// values and those of the batch, `seen`, with the momentum of `config`.
    ///
    /// # Panics
    /// If the numbers of channels are known only at run time and differ.
    ///
    /// ```
    /// use shapewright::{nn::{BatchNorm, BatchNormConfig, ChannelMoments}, tensor};
    /// let x = tensor![[0.0, 10.0], [4.0, 30.0]];
    /// let fresh = BatchNorm::new(tensor![1.0, 1.0], tensor![0.0, 0.0], tensor![0.0, 0.0], tensor![1.0, 1.0], 1e-5);
    /// let norm = fresh.updated(&ChannelMoments::of(&x), BatchNormConfig::pytorch().momentum(0.5));
    /// assert_eq!((norm.mean(), norm.var()), (&tensor![1.0, 10.0], &tensor![4.5, 100.5]));
    /// ```
    #[must_use]
    #[track_caller]
    pub fn updated(self, seen: &ChannelMoments<C, T>, config: BatchNormConfig) -> Self {
        use crate::ops::Evaluate;
        let share = T::of_f64(config.share);
        let kept = T::ONE.minus(share);
        let mean = (self.mean() * kept + seen.mean() * share).to_tensor();
        let var = (self.var() * kept + seen.var(config.ddof) * share).to_tensor();
        let (gamma, beta, eps) = self.into_parameters();
        Self::new(gamma, beta, mean, var, eps)
    }
}
