//! Running (cumulative) sums and products along an axis.

use crate::element::{Element, Numeric};
use crate::expr::{Cumulated, IntoExpr, Lazy};
use crate::kernels::cumulate::Cumulates;
use crate::shape::{AxisArg, RemoveAxis};

macro_rules! running {
    ($($name:ident: |$before:ident, $x:ident| $next:expr, $doc:literal;)*) => {$(
        #[doc = $doc]
        #[derive(Clone, Copy, Debug)]
        pub struct $name;
        impl<T: Element> Cumulates<T> for $name {
            #[cfg_attr(not(unoptimised), inline(always))]
            fn next(self, $before: T, $x: T) -> T {
                T::of_numeric($next)
            }
        }
    )*};
}
running! {
    Cumsum: |before, x| before.numeric().plus(x.numeric()), "The sum of the elements so far.";
    Cumprod: |before, x| before.numeric().times(x.numeric()), "The product of the elements so far.";
}

/// Running (cumulative) sums and products, on tensors and lazy expressions.
///
/// If the operand is a lazy expression, all of its elements are computed into memory first.
pub trait Cumulative: IntoExpr {
    /// The running sum along an axis, as NumPy's `cumsum`: element i of the result is the sum of
    /// the elements 0 to i.
    ///
    /// Each element of the result is defined as the previous element of the result plus the element
    /// of the input. So the bits are the same on every target and along every axis, also for
    /// floats. The rounding error of the last element grows with the length of the axis. To sum a
    /// whole axis, use [`sum_axis`](crate::ops::Reduce::sum_axis), which adds in another order.
    /// Integers wrap. Half-precision floats are rounded at each element.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// assert_eq!(tensor![1, 2, 3, 4].cumsum(Axis::<0>).to_tensor(), tensor![1, 3, 6, 10]);
    /// let x = tensor![[1.0, 2.0], [3.0, 4.0]];
    /// assert_eq!(x.cumsum(Axis::<0>).to_tensor(), tensor![[1.0, 2.0], [4.0, 6.0]]);
    /// assert_eq!(x.cumsum(Axis::<1>).to_tensor(), tensor![[1.0, 3.0], [3.0, 7.0]]);
    /// ```
    #[doc(alias("cumulative_sum", "accumulate", "scan", "prefix sum"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    fn cumsum<Which: AxisArg, How>(self, _axis: Which) -> Lazy<Cumulated<Cumsum, Self::Node>>
    where
        Self::Elem: Numeric,
        Which::Kind: RemoveAxis<Which, Self::Shape, How>,
    {
        Lazy(Cumulated { op: Cumsum, expr: self.into_expr(), axis: Which::Kind::INDEX })
    }

    /// The running product along an axis, as NumPy's `cumprod`: element i of the result is the
    /// product of the elements 0 to i. The order of the operations is that of
    /// [`cumsum`](Self::cumsum).
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// let growth = tensor![1.25, 2.0, 0.5];
    /// assert_eq!(growth.cumprod(Axis::<0>).to_tensor(), tensor![1.25, 2.5, 1.25]);
    /// ```
    #[doc(alias("cumulative_prod", "accumulate", "scan"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    fn cumprod<Which: AxisArg, How>(self, _axis: Which) -> Lazy<Cumulated<Cumprod, Self::Node>>
    where
        Self::Elem: Numeric,
        Which::Kind: RemoveAxis<Which, Self::Shape, How>,
    {
        Lazy(Cumulated { op: Cumprod, expr: self.into_expr(), axis: Which::Kind::INDEX })
    }
}
impl<X: IntoExpr> Cumulative for X {}
