//! Softmax, log-softmax and log-sum-exp. The maximum is subtracted first, so that no exponential
//! overflows, and each exponential is computed once.

use core::marker::PhantomData;

use super::over::{over_all, over_axes};
use crate::element::{Float, Numeric};
use crate::expr::{IntoExpr, Lazy, Reduced, Softmaxed};
use crate::kernels::reduce::statistic::{Columns, Region, Statistic};
use crate::kernels::reduce::sums::{Combined, LooseMaximum, Total, total};
use crate::kernels::reduce::tree::{Fold, Planes};
use crate::kernels::softmax::Form;
use crate::run::level::EXPENSIVE;
use crate::shape::{AxesOf, AxisArg, Shape};

/// The form of softmax: `exp(x - max) * (1 / sum)`, where `sum` is the sum of the exponentials.
#[derive(Clone, Copy, Debug, Default)]
pub struct Softmax;
impl<T: Float> Form<T> for Softmax {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn first(below: T) -> T {
        below.exp()
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn term(first: T) -> T {
        first
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn factor(sum: T) -> T {
        T::ONE.divided(sum)
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn last(first: T, factor: T) -> T {
        first.times(factor)
    }
}

/// The form of log-softmax: `(x - max) - ln(sum)`, where `sum` is the sum of the exponentials of
/// `x - max`.
#[derive(Clone, Copy, Debug)]
pub struct LogSoftmax;
impl<T: Float> Form<T> for LogSoftmax {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn first(below: T) -> T {
        below
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn term(first: T) -> T {
        first.exp()
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn factor(sum: T) -> T {
        sum.ln()
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn last(first: T, factor: T) -> T {
        first.minus(factor)
    }
}

/// The statistic of `logsumexp`: the logarithm of the sum of the exponentials.
#[derive(Clone, Copy, Debug)]
pub struct LogSumExp;

/// The number that is subtracted from each element before the exponential: the maximum `greatest`,
/// or 0 if the maximum is infinite or NaN.
#[cfg_attr(not(unoptimised), inline(always))]
fn shift<T: Float>(greatest: T) -> T {
    if greatest.minus(greatest) == T::ZERO { greatest } else { T::ZERO }
}

impl<T: Float> Statistic<T> for LogSumExp {
    type Output = T;
    const STATE: usize = size_of::<<Total as Fold<T::Float>>::State>() + size_of::<T::Float>();
    const WEIGHT: usize = EXPENSIVE;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn along(self, region: &mut impl Region<T>) -> T {
        let [greatest] = region.fold::<T::Float, Combined<LooseMaximum>>(
            #[cfg_attr(not(unoptimised), inline(always))]
            |x| x.float(),
        );
        let shift = shift(greatest);
        let sum = region.fold_by::<T::Float, Total, true>(
            #[cfg_attr(not(unoptimised), inline(always))]
            |x| x.float().minus(shift).exp(),
        );
        T::of_float(total(sum).ln().plus(shift))
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn across<const N: usize>(
        self,
        columns: &mut impl Columns<T, N>,
        mut give: impl FnMut(usize, T),
    ) {
        let [mut shifts] = columns.fold::<T::Float, Combined<LooseMaximum>>(
            #[cfg_attr(not(unoptimised), inline(always))]
            |_, x| x.float(),
        );
        for x in &mut shifts {
            *x = shift(*x);
        }
        let sums = columns.fold_by::<T::Float, Total, true>(
            #[cfg_attr(not(unoptimised), inline(always))]
            // Where a tile is one column, a build for size does not always see that `c` is 0.
            |c, x| x.float().minus(shifts[if const { N == 1 } { 0 } else { c }]).exp(),
        );
        // A plain loop, because a build for size does not inline iterator adapters, and a panic
        // would then be left in the code.
        let (mut c, width) = (0, columns.width());
        while c < N && c < width {
            give(c, T::of_float(total(Planes::get(&sums, c)).ln().plus(shifts[c])));
            c += 1;
        }
    }
}

/// Softmax, log-softmax and log-sum-exp, on tensors and lazy expressions.
pub trait Softmaxing: IntoExpr {
    /// Softmax along an axis, or over several in a tuple: the exponentials divided by their sum. It
    /// is computed as `exp(x - max) * (1 / sum)`, where `sum` is the sum of `exp(x - max)` and no
    /// exponential overflows. The result is lazy.
    ///
    /// An element of minus infinity becomes 0, so minus infinity can mask elements out. If all
    /// elements are minus infinity, one is plus infinity, or one is NaN, then `x - max` is NaN for
    /// some element. The sum is then NaN, and so are all results along the axis, as in SciPy and
    /// ONNX.
    ///
    /// ```
    /// use shapewright::{Axis, prelude::*, tensor};
    /// let scores = tensor![[1.0f32, 1.0], [1000.0, 0.0], [f32::NEG_INFINITY, 5.0]];
    /// assert_eq!(scores.softmax(Axis::<1>).to_tensor(), tensor![[0.5, 0.5], [1.0, 0.0], [0.0, 1.0]]);
    /// assert!(tensor![f32::INFINITY, 0.0].softmax(Axis::<0>).map(|x| x.is_nan()).all());
    /// assert!(tensor![f32::NEG_INFINITY, f32::NEG_INFINITY].softmax(Axis::<0>).map(|x| x.is_nan()).all());
    /// ```
    #[cfg_attr(not(unoptimised), inline(always))]
    fn softmax<Which: AxisArg, How, Removed: Shape, Kept: Shape>(
        self,
        axis: Which,
    ) -> Lazy<Softmaxed<Softmax, Self::Node, Kept>>
    where
        Self::Elem: Float,
        Which::Kind: AxesOf<Which, Self::Shape, How, Removed = Removed, Kept = Kept>,
    {
        softened::<_, _, Which, How, Removed, Kept>(self, axis)
    }

    /// The logarithm of [`softmax`](Self::softmax), computed as `(x - max) - ln(sum)`, where `sum`
    /// is the sum of the exponentials of `x - max`. The result is lazy.
    ///
    /// Where softmax is NaN, so is its logarithm, as in ONNX. SciPy differs if an element is plus
    /// infinity: it returns minus infinity for the finite elements. An element of minus infinity
    /// stays minus infinity if the maximum is finite.
    ///
    /// ```
    /// use shapewright::{Axis, prelude::*, tensor};
    /// let scores = tensor![[1000.0, 0.0]];
    /// assert_eq!(scores.log_softmax(Axis::<1>).to_tensor(), tensor![[0.0, -1000.0]]);
    /// ```
    #[cfg_attr(not(unoptimised), inline(always))]
    fn log_softmax<Which: AxisArg, How, Removed: Shape, Kept: Shape>(
        self,
        axis: Which,
    ) -> Lazy<Softmaxed<LogSoftmax, Self::Node, Kept>>
    where
        Self::Elem: Float,
        Which::Kind: AxesOf<Which, Self::Shape, How, Removed = Removed, Kept = Kept>,
    {
        softened::<_, _, Which, How, Removed, Kept>(self, axis)
    }

    /// The logarithm of the sum of the exponentials of all elements: `ln(sum(exp(x - max))) + max`.
    /// The result is minus infinity if there are no elements or all are minus infinity, and plus
    /// infinity if an element is plus infinity and none is NaN.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// assert_eq!(tensor![1000.0, 0.0].logsumexp(), 1000.0);
    /// ```
    #[doc(alias("log_sum_exp", "reduce_logsumexp"))]
    #[inline]
    fn logsumexp(self) -> Self::Elem
    where
        Self::Elem: Float,
    {
        over_all(LogSumExp, self)
    }

    /// The logarithm of the sum of the exponentials over an axis, or over several in a tuple:
    /// `ln(sum(exp(x - max))) + max`. A result is minus infinity if there are no elements or all
    /// are minus infinity, and plus infinity if an element is plus infinity and none is NaN.
    ///
    /// ```
    /// use shapewright::{Axis, prelude::*, tensor};
    /// let x = tensor![[0.0, 0.0], [1000.0, 0.0]];
    /// assert_eq!(x.logsumexp_axis(Axis::<1>).to_tensor(), tensor![2f64.ln(), 1000.0]);
    /// ```
    #[doc(alias("log_sum_exp", "reduce_logsumexp"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    fn logsumexp_axis<Which: AxisArg, How, Removed: Shape, Kept: Shape>(
        self,
        axis: Which,
    ) -> Lazy<Reduced<LogSumExp, Self::Node, Removed, Kept>>
    where
        Self::Elem: Float,
        Which::Kind: AxesOf<Which, Self::Shape, How, Removed = Removed, Kept = Kept>,
    {
        over_axes::<_, _, Which, How, Removed, Kept>(LogSumExp, self, axis)
    }
}
impl<X: IntoExpr> Softmaxing for X {}

/// Makes the lazy node of softmax or of log-softmax, as `F` says, along the axes `Which`.
#[cfg_attr(not(unoptimised), inline(always))]
fn softened<F, X: IntoExpr, Which: AxisArg, How, Removed, Kept>(
    x: X,
    _: Which,
) -> Lazy<Softmaxed<F, X::Node, Kept>>
where
    Which::Kind: AxesOf<Which, X::Shape, How, Removed = Removed, Kept = Kept>,
{
    let axes = Which::Kind::AXES;
    Lazy(Softmaxed { expr: x.into_expr(), axes, form: PhantomData, kept: PhantomData })
}
