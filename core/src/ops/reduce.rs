//! Reductions: over all elements, which gives a number at once, and over axes, which is lazy.
//!
//! The order of summation is fixed by the shape and the axes alone: see `kernels::tree`. A sum of
//! floats carries its rounding error along, but for one of fewer than 256 elements along lanes:
//! `docs/accuracy.md` says by how much each is off. It is +0.0, as NumPy's, for nothing and for
//! negative zeros.

use core::mem::MaybeUninit;

use super::elementwise::Elementwise;
use super::moments::{AllMoments, AxisMoments, Moments};
use crate::agreement;
use crate::axes::{AxisSet, MAX_RANK};
use crate::element::{Element, Float, Numeric, StandIn, stand_in};
use crate::expr::{Folding, IntoExpr, Lazy, Reduced, Shaped, evaluate};
use crate::kernels::reduce::spread::found::Found;
use crate::kernels::reduce::spread::{Center, Spread};
use crate::kernels::reduce::statistic::{
    self, Columns, MapFold, Region, StateOf, Statistic, map_folds,
};
use crate::kernels::reduce::sums::{Combined, Maximum, Minimum, Times, Total, total};
use crate::kernels::reduce::way::Everything;
use crate::read::Strides;
use crate::shape::{AxesOf, AxisArg, Carried, Shape};
use crate::verify;

/// The sum; 0 of nothing.
#[derive(Clone, Copy, Debug)]
pub struct Sum;
/// The least element.
#[derive(Clone, Copy, Debug)]
pub struct Min;
/// The greatest element.
#[derive(Clone, Copy, Debug)]
pub struct Max;
/// The product; 1 of nothing.
#[derive(Clone, Copy, Debug)]
pub struct Prod;
/// The mean; NaN of nothing.
#[derive(Clone, Copy, Debug)]
pub struct Mean;
/// The variance. Its divisor is n - ddof.
#[derive(Clone, Copy, Debug)]
pub struct Var {
    pub(crate) ddof: usize,
}
/// The standard deviation: the square root of the variance.
#[derive(Clone, Copy, Debug)]
pub struct Std {
    pub(crate) ddof: usize,
}

/// Each is what `of` makes of a state of `Folded`, of elements that are `$element`.
macro_rules! folded {
    ($($name:ident: $element:ident, $fold:ty, |$this:ident, $state:ident, $count:ident| $finish:expr;)*) => {$(
        impl<T: Element> MapFold<T> for $name {
            type Output = T;
            type Mapped = stand_in!($element, T);
            type Folded = $fold;
            #[cfg_attr(not(unoptimised), inline(always))]
            fn mapped(x: T) -> Self::Mapped {
                stand_in!($element, T, of x)
            }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn finish(self, $state: StateOf<T, Self>, $count: usize) -> T {
                let $this = self;
                stand_in!($element, T, as $finish)
            }
        }
    )*};
}
folded! {
    Sum: Numeric, Total, |_this, state, _count| total(state);
    Min: Numeric, Combined<Minimum>, |_this, state, _count| state[0];
    Max: Numeric, Combined<Maximum>, |_this, state, _count| state[0];
    Prod: Numeric, Combined<Times>, |_this, state, _count| state[0];
    Mean: Float, Center, |_this, state, count| Found::of(state, count).mean();
    Var: Float, Spread, |this, state, count| Found::of(state, count).variance(this.ddof);
    Std: Float, Spread, |this, state, count| Found::of(state, count).deviation(this.ddof);
}
map_folds! {
    Sum of Element; Min of Element; Max of Element; Prod of Element;
    Mean of Element; Var of Element; Std of Element;
}

impl<E, S, Kept> Lazy<Reduced<Var, E, S, Kept>> {
    /// Divides by `n - ddof` instead of `n`: `ddof(1)` is the unbiased estimate. NaN where
    /// `ddof >= n`.
    ///
    /// ```
    /// use shapewright::{Axis, prelude::*, tensor};
    /// assert_eq!(tensor![1.0, 2.0, 6.0].var_axis(Axis::<0>).ddof(1).to_tensor(), tensor![7.0; ]);
    /// ```
    #[doc(alias("correction", "unbiased"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    pub fn ddof(mut self, ddof: usize) -> Self {
        self.0.statistic = Var { ddof };
        self
    }
}
impl<E, S, Kept> Lazy<Reduced<Std, E, S, Kept>> {
    /// Divides by `n - ddof` instead of `n`: `ddof(1)` is the square root of the unbiased variance.
    /// NaN where `ddof >= n`.
    ///
    /// ```
    /// use shapewright::{Axis, prelude::*, tensor};
    /// assert_eq!(tensor![1.0, 5.0].std_axis(Axis::<0>).ddof(1).to_tensor(), tensor![8f64.sqrt(); ]);
    /// ```
    #[doc(alias("correction", "unbiased"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    pub fn ddof(mut self, ddof: usize) -> Self {
        self.0.statistic = Std { ddof };
        self
    }
}

/// Every value of this element type is one of `Wide`, too.
#[diagnostic::on_unimplemented(
    message = "not every `{Self}` is a `{Wide}`, which `sum_as` and `widen` ask for",
    label = "`{Self}` does not become `{Wide}` without loss",
    note = "a conversion that rounds or cuts is written out: `.map(|x| x as f64)`"
)]
pub trait Fits<Wide> {
    /// The same value.
    fn fit(self) -> Wide;
}
#[diagnostic::do_not_recommend]
impl<T, Wide: From<T>> Fits<Wide> for T {
    fn fit(self) -> Wide {
        self.into()
    }
}

/// Reductions, on tensors and lazy expressions.
///
/// An axis is `Axis::<0>`, `Axis::<-1>`, a length's own name, or a tuple of these;
/// [`keepdims`](Lazy::keepdims) keeps the reduced axes as axes of length [`One`](crate::One), so
/// that the result broadcasts with what was reduced.
///
/// The order of a sum, and with it its bits, is fixed by the shape and the axes. Sums of floats
/// carry the rounding error of their additions along where the last axis of the operand (the last
/// that is not `One`) stays, and where at least 256 elements are summed; sums of fewer along that
/// axis do not. [`accuracy`](crate::accuracy#sums) says by how much each may be off.
pub trait Reduce: IntoExpr {
    /// The sum of all elements, in their own type: where NumPy widens small integers, these wrap, a
    /// `u8` at 256, and [`sum_as`](Self::sum_as) does not. 0 of nothing. Of 256 floats or more the
    /// rounding error is [carried along](crate::accuracy#sums).
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// assert_eq!(tensor![[1.0, 2.0], [3.0, 4.0]].sum(), 10.0);
    /// assert_eq!(tensor![200u8, 100].sum(), 44);
    /// ```
    #[doc(alias("total", "add", "reduce_sum"))]
    #[inline]
    fn sum(self) -> Self::Elem
    where
        Self::Elem: Numeric,
    {
        over_all(Sum, self)
    }

    /// The sum of all elements in a type that has room for it, which every element is converted to
    /// first: `x.sum(dtype=np.uint64)`. Over an axis it is `x.map(u64::from).sum_axis(axis)`, and a
    /// mask, whose true elements count 1, is summed as `u32` or the like.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// let pixels = tensor![[200u8, 100], [255, 255]];
    /// assert_eq!(pixels.sum_as::<u64>(), 810);
    /// assert_eq!(pixels.map(u64::from).sum_axis(Axis::<0>).to_tensor(), tensor![455, 355]);
    /// ```
    #[doc(alias("dtype", "widen"))]
    #[inline]
    fn sum_as<Wide>(self) -> Wide
    where
        Self::Elem: Fits<Wide>,
        Wide: Numeric,
    {
        self.map(Fits::fit).sum()
    }

    /// The sum over an axis, or several in a tuple, in the elements' own type: small integers
    /// [wrap](Self::sum), and `x.map(u64::from).sum_axis(axis)` does not. 0 of nothing. The
    /// rounding error of floats is [carried along](crate::accuracy#sums), but for fewer than 256 of
    /// them along the last axis.
    ///
    /// ```
    /// use shapewright::{Axis, prelude::*, tensor};
    /// assert_eq!(tensor![[1.0, 2.0], [3.0, 4.0]].sum_axis(Axis::<0>).to_tensor(), tensor![4.0, 6.0]);
    /// ```
    #[doc(alias("reduce_sum", "row_sum", "column_sum"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    fn sum_axis<Which: AxisArg, How, Removed: Shape, Kept: Shape>(
        self,
        axis: Which,
    ) -> Lazy<Reduced<Sum, Self::Node, Removed, Kept>>
    where
        Self::Elem: Numeric,
        Which::Kind: AxesOf<Which, Self::Shape, How, Removed = Removed, Kept = Kept>,
    {
        over_axes::<_, _, Which, How, Removed, Kept>(Sum, self, axis)
    }

    /// The product of all elements, by the same tree as a sum. 1 of nothing; integers wrap.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// assert_eq!(tensor![[1.0, 2.0], [3.0, 4.0]].prod(), 24.0);
    /// ```
    #[doc(alias("product", "reduce_prod"))]
    #[inline]
    fn prod(self) -> Self::Elem
    where
        Self::Elem: Numeric,
    {
        over_all(Prod, self)
    }

    /// The product over an axis, or several in a tuple, by the same tree as a sum. 1 of nothing;
    /// integers wrap.
    ///
    /// ```
    /// use shapewright::{Axis, prelude::*, tensor};
    /// assert_eq!(tensor![[1.0, 2.0], [3.0, 4.0]].prod_axis(Axis::<0>).to_tensor(), tensor![3.0, 8.0]);
    /// ```
    #[doc(alias("product", "reduce_prod"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    fn prod_axis<Which: AxisArg, How, Removed: Shape, Kept: Shape>(
        self,
        axis: Which,
    ) -> Lazy<Reduced<Prod, Self::Node, Removed, Kept>>
    where
        Self::Elem: Numeric,
        Which::Kind: AxesOf<Which, Self::Shape, How, Removed = Removed, Kept = Kept>,
    {
        over_axes::<_, _, Which, How, Removed, Kept>(Prod, self, axis)
    }

    /// The mean of all elements. NaN of nothing.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// assert_eq!(tensor![[1.0, 2.0], [3.0, 4.0]].mean(), 2.5);
    /// ```
    #[doc(alias("average", "reduce_mean"))]
    #[inline]
    fn mean(self) -> Self::Elem
    where
        Self::Elem: Float,
    {
        over_all(Mean, self)
    }

    /// The mean over an axis, or several in a tuple. NaN of nothing.
    ///
    /// ```
    /// use shapewright::{Axis, prelude::*, tensor};
    /// assert_eq!(tensor![[1.0, 2.0], [3.0, 4.0]].mean_axis(Axis::<0>).to_tensor(), tensor![2.0, 3.0]);
    /// ```
    #[doc(alias("average", "reduce_mean", "row_mean", "column_mean"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    fn mean_axis<Which: AxisArg, How, Removed: Shape, Kept: Shape>(
        self,
        axis: Which,
    ) -> Lazy<Reduced<Mean, Self::Node, Removed, Kept>>
    where
        Self::Elem: Float,
        Which::Kind: AxesOf<Which, Self::Shape, How, Removed = Removed, Kept = Kept>,
    {
        over_axes::<_, _, Which, How, Removed, Kept>(Mean, self, axis)
    }

    /// The variance of all elements. Its divisor is n, as NumPy's; [`ddof`](Lazy::ddof) changes it.
    /// Memory is read once, but twice of fewer than 256 elements along lanes, and but for up to 15
    /// elements of each accumulator at the end; what is read twice is computed twice;
    /// [how far it may be off](crate::accuracy) does not depend on the mean. NaN of nothing.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// assert_eq!(tensor![[1.0, 2.0], [3.0, 4.0]].var(), 1.25);
    /// ```
    #[doc(alias("variance"))]
    #[inline]
    fn var(self) -> Self::Elem
    where
        Self::Elem: Float,
    {
        over_all(Var { ddof: 0 }, self)
    }

    /// The variance over an axis, or several in a tuple. Its divisor is n, as NumPy's;
    /// [`ddof`](Lazy::ddof) changes it. Memory is read once, but twice of fewer than 256 elements
    /// along lanes, and but for up to 15 elements of each accumulator at the end; what is read
    /// twice is computed twice; [how far it may be off](crate::accuracy) does not depend on the
    /// mean. NaN of nothing.
    ///
    /// ```
    /// use shapewright::{Axis, prelude::*, tensor};
    /// assert_eq!(tensor![[1.0, 2.0], [3.0, 4.0]].var_axis(Axis::<0>).to_tensor(), tensor![1.0, 1.0]);
    /// ```
    #[doc(alias("variance", "row_variance", "column_variance"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    fn var_axis<Which: AxisArg, How, Removed: Shape, Kept: Shape>(
        self,
        axis: Which,
    ) -> Lazy<Reduced<Var, Self::Node, Removed, Kept>>
    where
        Self::Elem: Float,
        Which::Kind: AxesOf<Which, Self::Shape, How, Removed = Removed, Kept = Kept>,
    {
        over_axes::<_, _, Which, How, Removed, Kept>(Var { ddof: 0 }, self, axis)
    }

    /// The standard deviation of all elements. Its divisor is n, as NumPy's; [`ddof`](Lazy::ddof)
    /// changes it. NaN of nothing.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// assert_eq!(tensor![[1.0, 2.0], [3.0, 4.0]].std(), 1.25f64.sqrt());
    /// ```
    #[doc(alias("stddev", "standard_deviation"))]
    #[inline]
    fn std(self) -> Self::Elem
    where
        Self::Elem: Float,
    {
        over_all(Std { ddof: 0 }, self)
    }

    /// The standard deviation over an axis, or several in a tuple. Its divisor is n, as NumPy's;
    /// [`ddof`](Lazy::ddof) changes it. NaN of nothing.
    ///
    /// ```
    /// use shapewright::{Axis, prelude::*, tensor};
    /// assert_eq!(tensor![[1.0, 2.0], [3.0, 4.0]].std_axis(Axis::<0>).to_tensor(), tensor![1.0, 1.0]);
    /// ```
    #[doc(alias("stddev", "standard_deviation"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    fn std_axis<Which: AxisArg, How, Removed: Shape, Kept: Shape>(
        self,
        axis: Which,
    ) -> Lazy<Reduced<Std, Self::Node, Removed, Kept>>
    where
        Self::Elem: Float,
        Which::Kind: AxesOf<Which, Self::Shape, How, Removed = Removed, Kept = Kept>,
    {
        over_axes::<_, _, Which, How, Removed, Kept>(Std { ddof: 0 }, self, axis)
    }

    /// The number of elements, the mean and the sum of squared deviations of all elements, in one
    /// pass over memory, to be merged with those of other data.
    ///
    /// ```
    /// use shapewright::{Moments, prelude::*, tensor};
    /// let batches = [tensor![1.0, 2.0], tensor![3.0, 6.0]];
    /// let all = batches.iter().map(|batch| batch.moments()).fold(Moments::EMPTY, Moments::merge);
    /// assert_eq!((all.count(), all.mean(), all.var(0)), (4, 3.0, 3.5));
    /// ```
    #[doc(alias("var_mean", "std_mean", "welford"))]
    #[inline]
    fn moments(self) -> Moments<Self::Elem>
    where
        Self::Elem: Float,
    {
        over_all(AllMoments, self)
    }

    /// The mean and the variance over an axis, or several in a tuple, both in one pass over memory:
    /// `to_tensors`, `to_arrays` or `assign_to` of the result computes them. The bits are those of
    /// [`mean_axis`](Self::mean_axis) and [`var_axis`](Self::var_axis).
    ///
    /// ```
    /// use shapewright::{Axis, prelude::*, tensor};
    /// let x = tensor![[1.0, 20.0], [3.0, 40.0]];
    /// let (mean, var) = x.moments_axis(Axis::<0>).to_tensors();
    /// assert_eq!((mean, var), (tensor![2.0, 30.0], tensor![1.0, 100.0]));
    /// ```
    #[doc(alias("var_mean", "std_mean", "welford"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    fn moments_axis<Which: AxisArg, How, Removed: Shape, Kept: Shape>(
        self,
        axis: Which,
    ) -> AxisMoments<Self::Node, Removed, Kept>
    where
        Self::Elem: Float,
        Which::Kind: AxesOf<Which, Self::Shape, How, Removed = Removed, Kept = Kept>,
    {
        let Lazy(Reduced { expr, axes, shape, kept, .. }) =
            over_axes::<_, _, Which, How, Removed, Kept>(Mean, self, axis);
        AxisMoments { expr, axes, shape, kept, ddof: 0 }
    }

    /// The least element of all elements. NaN if any is NaN, and -0.0 < +0.0. A length of 0 along a
    /// reduced axis does not compile, and one of run time panics.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// assert_eq!(tensor![[1.0, 2.0], [3.0, 4.0]].min(), 1.0);
    /// ```
    #[doc(alias("amin", "reduce_min"))]
    #[inline]
    #[track_caller]
    fn min(self) -> Self::Elem
    where
        Self::Elem: Numeric,
    {
        const { verify::not_empty::<Self::Shape>("min", AxisSet::ALL) };
        let x = filled("min", AxisSet::ALL, self);
        over_all(Min, x)
    }

    /// The least element over an axis, or several in a tuple. NaN if any is NaN, and -0.0 < +0.0. A
    /// length of 0 along a reduced axis does not compile, and one of run time panics.
    ///
    /// ```
    /// use shapewright::{Axis, prelude::*, tensor};
    /// assert_eq!(tensor![[1.0, 2.0], [3.0, 4.0]].min_axis(Axis::<0>).to_tensor(), tensor![1.0, 2.0]);
    /// ```
    #[doc(alias("amin", "reduce_min"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn min_axis<Which: AxisArg, How, Removed: Shape, Kept: Shape>(
        self,
        axis: Which,
    ) -> Lazy<Reduced<Min, Self::Node, Removed, Kept>>
    where
        Self::Elem: Numeric,
        Which::Kind: AxesOf<Which, Self::Shape, How, Removed = Removed, Kept = Kept>,
    {
        const { verify::not_empty::<Self::Shape>("min", Which::Kind::AXES) };
        let x = filled("min", Which::Kind::AXES, self);
        over_axes::<_, _, Which, How, Removed, Kept>(Min, x, axis)
    }

    /// The greatest element of all elements. NaN if any is NaN, and -0.0 < +0.0. A length of 0
    /// along a reduced axis does not compile, and one of run time panics.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// assert_eq!(tensor![[1.0, 2.0], [3.0, 4.0]].max(), 4.0);
    /// ```
    #[doc(alias("amax", "reduce_max"))]
    #[inline]
    #[track_caller]
    fn max(self) -> Self::Elem
    where
        Self::Elem: Numeric,
    {
        const { verify::not_empty::<Self::Shape>("max", AxisSet::ALL) };
        let x = filled("max", AxisSet::ALL, self);
        over_all(Max, x)
    }

    /// The greatest element over an axis, or several in a tuple. NaN if any is NaN, and
    /// -0.0 < +0.0. A length of 0 along a reduced axis does not compile, and one of run time
    /// panics.
    ///
    /// ```
    /// use shapewright::{Axis, prelude::*, tensor};
    /// assert_eq!(tensor![[1.0, 2.0], [3.0, 4.0]].max_axis(Axis::<0>).to_tensor(), tensor![3.0, 4.0]);
    /// ```
    #[doc(alias("amax", "reduce_max"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn max_axis<Which: AxisArg, How, Removed: Shape, Kept: Shape>(
        self,
        axis: Which,
    ) -> Lazy<Reduced<Max, Self::Node, Removed, Kept>>
    where
        Self::Elem: Numeric,
        Which::Kind: AxesOf<Which, Self::Shape, How, Removed = Removed, Kept = Kept>,
    {
        const { verify::not_empty::<Self::Shape>("max", Which::Kind::AXES) };
        let x = filled("max", Which::Kind::AXES, self);
        over_axes::<_, _, Which, How, Removed, Kept>(Max, x, axis)
    }
}
impl<X: IntoExpr> Reduce for X {}

/// What `operation` reduces along `axes`: they are not empty, so that there is a least and a
/// greatest element.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(crate) fn filled<X: IntoExpr>(operation: &'static str, axes: AxisSet, x: X) -> Lazy<X::Node> {
    let expr = x.into_expr();
    agreement::not_empty(operation, axes, expr.shape());
    Lazy(expr)
}

#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn over_axes<R, X: IntoExpr, Which: AxisArg, How, Removed, Kept>(
    statistic: R,
    x: X,
    _: Which,
) -> Lazy<Reduced<R, X::Node, Removed, Kept>>
where
    Which::Kind: AxesOf<Which, X::Shape, How, Removed = Removed, Kept = Kept>,
{
    let expr = x.into_expr();
    let shape = expr.shape();
    let axes = Which::Kind::AXES;
    let (removed, kept) =
        (Carried::new(Which::Kind::removed(shape)), Carried::new(Which::Kind::kept(shape)));
    Lazy(Reduced { statistic, expr, axes, shape: removed, kept })
}

#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn over_all<R: Statistic<X::Elem>, X: IntoExpr>(statistic: R, x: X) -> R::Output {
    let expr = x.into_expr();
    let mut result = MaybeUninit::uninit();
    let to = Strides { at: result.as_mut_ptr(), strides: [0; MAX_RANK] };
    // SAFETY: all axes are reduced, so the only element written is the result.
    evaluate(unsafe {
        Folding::<_, _, Everything<X::Shape>, _>::new(statistic, &expr, AxisSet::ALL, to)
    });
    // SAFETY: with no axis kept there is one result, and `reduce` has written it.
    unsafe { result.assume_init() }
}
