//! Searches and counts: the index of the minimum and of the maximum, whether all or any elements
//! are true, and the number of elements that are not 0.

use super::over::{filled, over_all, over_axes};
use crate::axes::AxisSet;
use crate::element::{Element, Mask, Numeric};
use crate::expr::{IntoExpr, Lazy, Reduced, Shaped};
use crate::kernels::reduce::statistic::{
    self, Columns, MapFold, Region, StateOf, Statistic, map_folds,
};
use crate::kernels::reduce::sums::{
    Both, Combined, Either, Maximum, Minimum, Monoid, Total, total,
};
use crate::shape::{AxesOf, AxisArg, Shape};
use crate::verify;

#[cfg_attr(not(unoptimised), inline(always))]
#[expect(clippy::eq_op, reason = "what differs from itself is NaN")]
fn is_nan<T: Numeric>(x: T) -> bool {
    x != x
}

/// Defines statistics that return the position, in row-major order, of the first element that
/// equals the result of the fold `Combined<$of>`.
macro_rules! positions {
    ($($name:ident: $of:ty, $doc:literal;)*) => {$(
        #[doc = $doc]
        #[derive(Clone, Copy, Debug)]
        pub struct $name;
        impl<T: Numeric> Statistic<T> for $name
        where
            $of: Monoid<T>,
        {
            type Output = usize;
            const STATE: usize = size_of::<T>() + size_of::<usize>();
            #[cfg_attr(not(unoptimised), inline(always))]
            fn along(self, region: &mut impl Region<T>) -> usize {
                let [found] = region.fold::<T, Combined<$of>>(|x| x);
                if is_nan(found) { region.first(is_nan) } else { region.first(|x| x == found) }
            }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn across<const N: usize>(self, columns: &mut impl Columns<T, N>, give: impl FnMut(usize, usize)) {
                let [found] = columns.fold::<T, Combined<$of>>(|_, x| x);
                let is_found = |found: T, x: T| x == found || (is_nan(found) && is_nan(x));
                columns.first(|c, x| found.get(c).is_some_and(|&found| is_found(found, x)), give);
            }
        }
    )*};
}
positions! {
    Argmin: Minimum, "The position of the minimum.";
    Argmax: Maximum, "The position of the maximum.";
}

/// Defines statistics that map each element, fold the results, and compute a result from the state.
macro_rules! folded {
    ($($name:ident: $element:ident, $output:ty, $fold:ty, |$x:ident| $map:expr, |$state:ident| $finish:expr, $doc:literal;)*) => {$(
        #[doc = $doc]
        #[derive(Clone, Copy, Debug)]
        pub struct $name;
        impl<T: $element> MapFold<T> for $name {
            type Output = $output;
            type Mapped = $output;
            type Folded = $fold;
            #[cfg_attr(not(unoptimised), inline(always))]
            fn mapped($x: T) -> $output {
                $map
            }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn finish(self, $state: StateOf<T, Self>, _: usize) -> $output {
                $finish
            }
        }
    )*};
}
// `All` and `Any` are of all elements, so that a mistake is one error: the methods ask for a mask.
folded! {
    All: Element, bool, Combined<Both>, |x| x != T::ZERO, |state| state[0], "Whether all elements are true.";
    Any: Element, bool, Combined<Either>, |x| x != T::ZERO, |state| state[0], "Whether an element is true.";
    CountNonzero: Element, usize, Total, |x| usize::from(x != T::ZERO), |state| total(state),
        "The number of elements that are not 0.";
}
map_folds! { All of Element; Any of Element; CountNonzero of Element; }

/// Searching and counting, on tensors and lazy expressions.
pub trait Search: IntoExpr {
    /// The index of the maximum, so that `x[x.argmax()]` is the maximum. If several elements are
    /// maxima, it is the index of the first in row-major order; -0.0 and +0.0 count as equal. If
    /// there is a NaN, it is the index of the first NaN. NumPy's `argmax` returns the position in
    /// row-major order instead of an index. A static length of 0 does not compile.
    ///
    /// # Panics
    /// If a run-time length is 0.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// let x = tensor![[1.0, 7.0], [7.0, 4.0]];
    /// assert_eq!(x.argmax(), [0, 1]);
    /// assert_eq!(x[x.argmax()], 7.0);
    /// ```
    #[doc(alias("imax"))]
    #[inline]
    #[track_caller]
    fn argmax(self) -> <Self::Shape as Shape>::Lengths
    where
        Self::Elem: Numeric,
    {
        const { verify::not_empty::<Self::Shape>("argmax", AxisSet::ALL) };
        let x = filled("argmax", AxisSet::ALL, self);
        index_over_all(Argmax, x)
    }

    /// The index of the maximum along an axis. If several elements are maxima, it is the index of
    /// the first; -0.0 and +0.0 count as equal. If there is a NaN, it is the index of the first
    /// NaN. For several axes in a tuple the result is the position in the row-major order of the
    /// elements along these axes. A static length of 0 along a reduced axis does not compile.
    ///
    /// # Panics
    /// If the run-time length of a reduced axis is 0.
    ///
    /// ```
    /// use shapewright::{Axis, prelude::*, tensor};
    /// assert_eq!(tensor![[1.0, 7.0], [7.0, 4.0]].argmax_axis(Axis::<1>).to_tensor(), tensor![1usize, 0]);
    /// let frames = tensor![[[0.1, 0.9], [0.3, 0.2]], [[0.4, 0.1], [0.2, 0.8]]];
    /// let brightest = frames.argmax_axis((Axis::<1>, Axis::<2>)).to_tensor(); // of each frame's four
    /// assert_eq!(brightest, tensor![1usize, 3]);
    /// ```
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn argmax_axis<Which: AxisArg, How, Removed: Shape, Kept: Shape>(
        self,
        axis: Which,
    ) -> Lazy<Reduced<Argmax, Self::Node, Removed, Kept>>
    where
        Self::Elem: Numeric,
        Which::Kind: AxesOf<Which, Self::Shape, How, Removed = Removed, Kept = Kept>,
    {
        const { verify::not_empty::<Self::Shape>("argmax", Which::Kind::AXES) };
        let x = filled("argmax", Which::Kind::AXES, self);
        over_axes::<_, _, Which, How, Removed, Kept>(Argmax, x, axis)
    }

    /// The index of the minimum, so that `x[x.argmin()]` is the minimum. If several elements are
    /// minima, it is the index of the first in row-major order; -0.0 and +0.0 count as equal. If
    /// there is a NaN, it is the index of the first NaN. NumPy's `argmin` returns the position in
    /// row-major order instead of an index. A static length of 0 does not compile.
    ///
    /// # Panics
    /// If a run-time length is 0.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// assert_eq!(tensor![[3.0, 1.0], [1.0, 4.0]].argmin(), [0, 1]);
    /// ```
    #[doc(alias("imin"))]
    #[inline]
    #[track_caller]
    fn argmin(self) -> <Self::Shape as Shape>::Lengths
    where
        Self::Elem: Numeric,
    {
        const { verify::not_empty::<Self::Shape>("argmin", AxisSet::ALL) };
        let x = filled("argmin", AxisSet::ALL, self);
        index_over_all(Argmin, x)
    }

    /// The index of the minimum along an axis. If several elements are minima, it is the index of
    /// the first; -0.0 and +0.0 count as equal. If there is a NaN, it is the index of the first
    /// NaN. For several axes in a tuple the result is the position in the row-major order of the
    /// elements along these axes. A static length of 0 along a reduced axis does not compile.
    ///
    /// # Panics
    /// If the run-time length of a reduced axis is 0.
    ///
    /// ```
    /// use shapewright::{Axis, prelude::*, tensor};
    /// assert_eq!(tensor![[1.0, 7.0], [7.0, 4.0]].argmin_axis(Axis::<0>).to_tensor(), tensor![0usize, 1]);
    /// ```
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn argmin_axis<Which: AxisArg, How, Removed: Shape, Kept: Shape>(
        self,
        axis: Which,
    ) -> Lazy<Reduced<Argmin, Self::Node, Removed, Kept>>
    where
        Self::Elem: Numeric,
        Which::Kind: AxesOf<Which, Self::Shape, How, Removed = Removed, Kept = Kept>,
    {
        const { verify::not_empty::<Self::Shape>("argmin", Which::Kind::AXES) };
        let x = filled("argmin", Which::Kind::AXES, self);
        over_axes::<_, _, Which, How, Removed, Kept>(Argmin, x, axis)
    }

    /// Whether all elements are true; `true` for no elements.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// assert!(tensor![1.0, 2.0].greater(0.0).all());
    /// ```
    #[doc(alias("reduce_all"))]
    #[inline]
    fn all(self) -> bool
    where
        Self::Elem: Mask,
    {
        over_all(All, self)
    }

    /// Whether all elements along an axis, or along several in a tuple, are true; `true` for no
    /// elements.
    ///
    /// ```
    /// use shapewright::{Axis, prelude::*, tensor};
    /// assert_eq!(tensor![[true, false], [true, true]].all_axis(Axis::<0>).to_tensor(), tensor![true, false]);
    /// ```
    #[doc(alias("reduce_all"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    fn all_axis<Which: AxisArg, How, Removed: Shape, Kept: Shape>(
        self,
        axis: Which,
    ) -> Lazy<Reduced<All, Self::Node, Removed, Kept>>
    where
        Self::Elem: Mask,
        Which::Kind: AxesOf<Which, Self::Shape, How, Removed = Removed, Kept = Kept>,
    {
        over_axes::<_, _, Which, How, Removed, Kept>(All, self, axis)
    }

    /// Whether any element is true; `false` for no elements.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// assert!(!tensor![1.0, 2.0].less(0.0).any());
    /// ```
    #[doc(alias("reduce_any"))]
    #[inline]
    fn any(self) -> bool
    where
        Self::Elem: Mask,
    {
        over_all(Any, self)
    }

    /// Whether any element along an axis, or along several in a tuple, is true; `false` for no
    /// elements.
    ///
    /// ```
    /// use shapewright::{Axis, prelude::*, tensor};
    /// assert_eq!(tensor![[true, false], [true, false]].any_axis(Axis::<0>).to_tensor(), tensor![true, false]);
    /// ```
    #[doc(alias("reduce_any"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    fn any_axis<Which: AxisArg, How, Removed: Shape, Kept: Shape>(
        self,
        axis: Which,
    ) -> Lazy<Reduced<Any, Self::Node, Removed, Kept>>
    where
        Self::Elem: Mask,
        Which::Kind: AxesOf<Which, Self::Shape, How, Removed = Removed, Kept = Kept>,
    {
        over_axes::<_, _, Which, How, Removed, Kept>(Any, self, axis)
    }

    /// The number of elements that are not 0; of a mask, the number of true elements. A NaN is not
    /// 0.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// assert_eq!(tensor![0.0, 2.0, -0.0, f32::NAN].count_nonzero(), 2);
    /// ```
    #[inline]
    fn count_nonzero(self) -> usize {
        over_all(CountNonzero, self)
    }

    /// The number of elements along an axis, or along several in a tuple, that are not 0; of a
    /// mask, the number of true elements. A NaN is not 0.
    ///
    /// ```
    /// use shapewright::{Axis, prelude::*, tensor};
    /// assert_eq!(tensor![[1, 0], [2, 0]].count_nonzero_axis(Axis::<0>).to_tensor(), tensor![2usize, 0]);
    /// ```
    #[cfg_attr(not(unoptimised), inline(always))]
    fn count_nonzero_axis<Which: AxisArg, How, Removed: Shape, Kept: Shape>(
        self,
        axis: Which,
    ) -> Lazy<Reduced<CountNonzero, Self::Node, Removed, Kept>>
    where
        Which::Kind: AxesOf<Which, Self::Shape, How, Removed = Removed, Kept = Kept>,
    {
        over_axes::<_, _, Which, How, Removed, Kept>(CountNonzero, self, axis)
    }
}
impl<X: IntoExpr> Search for X {}

/// The index of the element whose position in row-major order is the result of `statistic`.
#[inline]
fn index_over_all<R: Statistic<X::Elem, Output = usize>, X: IntoExpr>(
    statistic: R,
    x: X,
) -> <X::Shape as Shape>::Lengths {
    let expr = x.into_expr();
    let lengths = expr.shape().lengths();
    let mut position = over_all(statistic, Lazy(expr));
    let mut index = X::Shape::FIRST;
    for (i, &len) in index.as_mut().iter_mut().zip(lengths.as_ref()).rev() {
        // No length is 0, as `filled` has checked; but the compiler does not know that, and `%` and
        // `/` would leave a panic in the code.
        *i = position.checked_rem(len).unwrap_or(0);
        position = position.checked_div(len).unwrap_or(0);
    }
    index
}
