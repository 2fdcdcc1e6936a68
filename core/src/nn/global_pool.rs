//! Pooling of whole images: the mean, or the maximum, of each channel.

#[cfg(feature = "alloc")]
use super::cost::count;
use super::images::WholeImages;
#[cfg(feature = "alloc")]
use super::layer::Layer;
use crate::agreement;
use crate::axes::AxisSet;
use crate::element::{Float, Numeric};
use crate::expr::{Expr, IntoExpr, Lazy, Reduced, Shaped};
#[cfg(feature = "alloc")]
use crate::ops::Evaluate;
use crate::ops::kinds::{Max, Mean};
#[cfg(feature = "alloc")]
use crate::shape::Extent;
use crate::shape::{Carried, Shape};
#[cfg(feature = "alloc")]
use crate::tensor::Tensor;
use crate::verify;

/// The mean of each channel of an image: `(n, c, h, w)` becomes `(n, c)`.
///
/// This is PyTorch's `nn.AdaptiveAvgPool2d(1)` followed by `nn.Flatten()`.
///
/// ```
/// use shapewright::{nn::GlobalAvgPool2d, prelude::*, tensor};
/// let x = tensor![[[[1.0, 3.0], [5.0, 7.0]], [[0.0, 2.0], [0.0, 2.0]]]];
/// assert_eq!(GlobalAvgPool2d.forward(&x).to_tensor(), [[4.0, 1.0]]);
/// ```
#[doc(alias("AdaptiveAvgPool2d", "GlobalAveragePool"))]
#[derive(Clone, Copy, Debug, Default)]
pub struct GlobalAvgPool2d;
/// The maximum of each channel of an image: `(n, c, h, w)` becomes `(n, c)`.
///
/// This is PyTorch's `nn.AdaptiveMaxPool2d(1)` followed by `nn.Flatten()`. The maximum is NaN if an
/// element is NaN.
///
/// ```
/// use shapewright::{nn::GlobalMaxPool2d, prelude::*, tensor};
/// let x = tensor![[[[1.0, 3.0], [5.0, 7.0]], [[0.0, 2.0], [0.0, 2.0]]]];
/// assert_eq!(GlobalMaxPool2d.forward(&x).to_tensor(), [[7.0, 2.0]]);
/// ```
#[doc(alias("AdaptiveMaxPool2d", "GlobalMaxPool"))]
#[derive(Clone, Copy, Debug, Default)]
pub struct GlobalMaxPool2d;

/// The set of the last two axes, which are the rows and the columns.
const IMAGE: AxisSet = AxisSet(0b11);

/// Makes the lazy node that reduces each channel of an image by `statistic`.
#[cfg_attr(not(unoptimised), inline(always))]
fn of_channels<By, R, E, Output, Kept>(statistic: R, expr: E) -> Lazy<Reduced<R, E, Output, Kept>>
where
    E: Expr<Shape: WholeImages<By, Output = Output, Kept = Kept>>,
{
    let (shape, kept) = expr.shape().pooled();
    Lazy(Reduced {
        statistic,
        expr,
        axes: IMAGE,
        shape: Carried::new(shape),
        kept: Carried::new(kept),
    })
}

impl GlobalAvgPool2d {
    /// Applies the layer to images `(n, c, h, w)`; the result is `(n, c)`. Lazy: the result is
    /// computed when a destination is named, as by `.to_tensor()`.
    #[inline]
    pub fn forward<X, Output: Shape, Kept: Shape>(
        &self,
        x: X,
    ) -> Lazy<Reduced<Mean, X::Node, Output, Kept>>
    where
        X: IntoExpr<Elem: Float>,
        X::Shape: WholeImages<Self, Output = Output, Kept = Kept>,
    {
        of_channels::<Self, _, _, _, _>(Mean, x.into_expr())
    }
}
impl GlobalMaxPool2d {
    /// Applies the layer to images `(n, c, h, w)`; the result is `(n, c)`. Lazy: the result is
    /// computed when a destination is named, as by `.to_tensor()`.
    ///
    /// # Panics
    /// If an image has no elements, and this is known only at run time. If the type says that an
    /// image is empty, the call does not compile.
    #[inline]
    #[track_caller]
    pub fn forward<X, Output: Shape, Kept: Shape>(
        &self,
        x: X,
    ) -> Lazy<Reduced<Max, X::Node, Output, Kept>>
    where
        X: IntoExpr<Elem: Numeric>,
        X::Shape: WholeImages<Self, Output = Output, Kept = Kept>,
    {
        const { verify::not_empty::<X::Shape>("max", IMAGE) };
        let expr = x.into_expr();
        agreement::not_empty("max", IMAGE, expr.shape());
        of_channels::<Self, _, _, _, _>(Max, expr)
    }
}

#[cfg(feature = "alloc")]
impl<T: Float, N: Extent, C: Extent, H: Extent, W: Extent> Layer<(N, C, H, W), T>
    for GlobalAvgPool2d
{
    type Output = (N, C);
    const PARAMETERS: Option<usize> = Some(0);
    const MULTIPLICATIONS: Option<usize> = Some(count::<(N, C)>());
    fn forward(&self, x: Tensor<T, (N, C, H, W)>) -> Tensor<T, (N, C)> {
        GlobalAvgPool2d::forward(self, &x).to_tensor()
    }
}
#[cfg(feature = "alloc")]
impl<T: Numeric, N: Extent, C: Extent, H: Extent, W: Extent> Layer<(N, C, H, W), T>
    for GlobalMaxPool2d
{
    type Output = (N, C);
    const PARAMETERS: Option<usize> = Some(0);
    const MULTIPLICATIONS: Option<usize> = Some(0);
    #[track_caller]
    fn forward(&self, x: Tensor<T, (N, C, H, W)>) -> Tensor<T, (N, C)> {
        GlobalMaxPool2d::forward(self, &x).to_tensor()
    }
}
