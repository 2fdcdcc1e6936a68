//! Reductions: over all elements, which returns a number at once, and over axes, which is lazy.
//!
//! The order of the additions of a sum is fixed by the shape and the axes alone;
//! `kernels/reduce/tree.rs` defines that order. A sum of floats carries its rounding error along,
//! unless lanes are reduced and fewer than 256 elements are summed; `docs/accuracy.md` states the
//! error in both cases. A sum is never -0.0: like NumPy's, it is +0.0 for no elements and for
//! negative zeros.

use super::elementwise::Elementwise;
use super::fits::Fits;
use super::moments::{AllMoments, AxisMoments, Moments};
use super::over::{filled, over_all, over_axes};
use crate::axes::AxisSet;
use crate::element::{Float, Numeric};
use crate::expr::{IntoExpr, Lazy, Reduced};
use crate::shape::{AxesOf, AxisArg, Shape};
use crate::verify;
use nodes::{Max, Mean, Min, Prod, Std, Sum, Var};

/// The statistics: each folds the elements, and computes its result from the state of the fold.
pub(super) mod nodes {
    use crate::element::{Element, StandIn, stand_in};
    use crate::kernels::reduce::spread::found::Found;
    use crate::kernels::reduce::spread::{Center, Spread};
    use crate::kernels::reduce::statistic::{
        self, Columns, MapFold, Region, StateOf, Statistic, map_folds,
    };
    use crate::kernels::reduce::sums::{Combined, Maximum, Minimum, Times, Total, total};

    /// Each row defines a statistic: its documentation, its name, the trait of its elements, the
    /// fold, optionally a function that maps each element before the fold, and the result, computed
    /// from the state of `count` elements.
    macro_rules! statistics {
        ($($(#[$doc:meta])* $name:ident: $element:ident, fold $fold:ty $(, of |$x:ident| $map:expr)?,
            |$this:ident, $state:ident, $count:ident| $result:expr;)*) => {$(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug)]
            pub struct $name;
            statistics! {
                @fold $name: $element, $fold, [$(|$x| $map)?], |$this, $state, $count| $result
            }
        )*};
        (@fold $name:ident: $element:ident, $fold:ty, [$(|$x:ident| $map:expr)?],
            |$this:ident, $state:ident, $count:ident| $result:expr) => {
            impl<T: Element> MapFold<T> for $name {
                type Output = T;
                type Mapped = stand_in!($element, T);
                type Folded = $fold;
                #[cfg_attr(not(unoptimised), inline(always))]
                fn mapped(x: T) -> Self::Mapped {
                    #[allow(unused_imports, reason = "few rows map elements")]
                    use crate::element::$element as _;
                    let x = stand_in!($element, T, of x);
                    $(let x = { let $x = x; $map };)?
                    x
                }
                #[cfg_attr(not(unoptimised), inline(always))]
                fn finish(self, $state: StateOf<T, Self>, $count: usize) -> T {
                    let $this = self;
                    stand_in!($element, T, as $result)
                }
            }
            map_folds! { $name of Element; }
        };
    }
    statistics! {
        /// The sum; 0 for no elements.
        Sum: Numeric, fold Total, |_this, state, _count| total(state);
        /// The product; 1 for no elements.
        Prod: Numeric, fold Combined<Times>, |_this, state, _count| state[0];
        /// The minimum.
        Min: Numeric, fold Combined<Minimum>, |_this, state, _count| state[0];
        /// The maximum.
        Max: Numeric, fold Combined<Maximum>, |_this, state, _count| state[0];
        /// The mean; NaN for no elements.
        Mean: Float, fold Center, |_this, state, count| Found::of(state, count).mean();
    }
    /// The variance. Its divisor is `n - ddof`.
    #[derive(Clone, Copy, Debug)]
    pub struct Var {
        pub(crate) ddof: usize,
    }
    statistics! {
        @fold Var: Float, Spread, [], |this, state, count| Found::of(state, count).variance(this.ddof)
    }
    /// The standard deviation: the square root of the variance.
    #[derive(Clone, Copy, Debug)]
    pub struct Std {
        pub(crate) ddof: usize,
    }
    statistics! {
        @fold Std: Float, Spread, [], |this, state, count| Found::of(state, count).deviation(this.ddof)
    }
}

/// Reductions, on tensors and lazy expressions.
///
/// An axis is `Axis::<0>`, `Axis::<-1>`, a length's own name, or a tuple of these;
/// [`keepdims`](Lazy::keepdims) keeps the reduced axes as axes of length [`One`](crate::One), so
/// that the result broadcasts with what was reduced.
///
/// The shape and the axes fix the order of the additions of a sum, and so the bits of the result. A
/// sum of floats carries the rounding error of its additions along, unless the last axis of the
/// operand that is not `One` is reduced and fewer than 256 elements are summed.
/// [`accuracy`](crate::accuracy#sums) states an error bound for sums that carry their error along,
/// and one for sums that do not.
pub trait Reduce: IntoExpr {
    /// The sum of all elements, in their own type; 0 for no elements. NumPy widens small integers
    /// before it sums. Here sums of small integers wrap, a sum of `u8` at 256, and
    /// [`sum_as`](Self::sum_as) widens the elements. A sum of 256 floats or more [carries its
    /// rounding error along](crate::accuracy#sums).
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

    /// The sum of all elements in a wider type, to which each element is converted first, as
    /// NumPy's `x.sum(dtype=np.uint64)`. To sum over an axis in `u64`, for example, write
    /// `x.map(u64::from).sum_axis(axis)`. A mask is summed as `u32` or the like, and its true
    /// elements count as 1.
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

    /// The sum over an axis, or over several in a tuple, in the elements' own type; 0 for no
    /// elements. Small integers [wrap](Self::sum); `x.map(u64::from).sum_axis(axis)` does not. A
    /// sum of floats [carries its rounding error along](crate::accuracy#sums), unless the last axis
    /// is reduced and fewer than 256 elements are summed.
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

    /// The product of all elements, in the same order as a sum; 1 for no elements. Integers wrap.
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

    /// The product over an axis, or over several in a tuple, in the same order as a sum; 1 for no
    /// elements. Integers wrap.
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

    /// The mean of all elements; NaN for no elements.
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

    /// The mean over an axis, or over several in a tuple; NaN for no elements.
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

    /// The variance of all elements; NaN for no elements. The divisor is the number of elements, as
    /// in NumPy; [`ddof`](Lazy::ddof) of [`var_axis`](Self::var_axis) changes the divisor.
    ///
    /// [The error](crate::accuracy#means-and-variances) does not depend on the mean. Memory is read
    /// once, except for the last elements, fewer than 256, which may be read twice; a lazy operand
    /// then computes them twice. If something overflows or underflows, all elements are read again.
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

    /// The variance over an axis, or over several in a tuple; NaN for no elements. The divisor is
    /// the number of elements that are reduced to one result, as in NumPy; [`ddof`](Lazy::ddof)
    /// changes the divisor. Accuracy and reads of memory are as for [`var`](Self::var).
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

    /// The standard deviation of all elements; NaN for no elements. The divisor of the variance is
    /// the number of elements, as in NumPy; [`ddof`](Lazy::ddof) of [`std_axis`](Self::std_axis)
    /// changes the divisor.
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

    /// The standard deviation over an axis, or over several in a tuple; NaN for no elements. The
    /// divisor of the variance is the number of elements that are reduced to one result, as in
    /// NumPy; [`ddof`](Lazy::ddof) changes the divisor.
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

    /// The number of elements, their mean and the sum of their squared deviations, in one pass over
    /// memory. The result can be [merged](Moments::merge) with the moments of other elements.
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

    /// The mean and the variance over an axis, or over several in a tuple, both in one pass over
    /// memory: `to_tensors`, `to_arrays` or `assign_to` of the result computes them. The bits are
    /// those of [`mean_axis`](Self::mean_axis) and [`var_axis`](Self::var_axis).
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

    /// The minimum of all elements. It is NaN if any element is NaN. -0.0 is less than +0.0 here. A
    /// static length of 0 does not compile.
    ///
    /// # Panics
    /// If a run-time length is 0.
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

    /// The minimum over an axis, or over several in a tuple. It is NaN if any of the elements is
    /// NaN. -0.0 is less than +0.0 here. A static length of 0 along a reduced axis does not
    /// compile.
    ///
    /// # Panics
    /// If the run-time length of a reduced axis is 0.
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

    /// The maximum of all elements. It is NaN if any element is NaN. -0.0 is less than +0.0 here. A
    /// static length of 0 does not compile.
    ///
    /// # Panics
    /// If a run-time length is 0.
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

    /// The maximum over an axis, or over several in a tuple. It is NaN if any of the elements is
    /// NaN. -0.0 is less than +0.0 here. A static length of 0 along a reduced axis does not
    /// compile.
    ///
    /// # Panics
    /// If the run-time length of a reduced axis is 0.
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
