//! Windows that slide along an axis.

use crate::agreement;
use crate::expr::{Expr, IntoExpr, Lazy, Rearranged, Shaped, SlidingWindow};
use crate::shape::{AxisArg, Carried, Extent, Length, Shape, Window};
use crate::sliding::{Slides, SlidesTo};
use crate::verify;

/// Windows that slide along an axis, on tensors and lazy expressions.
///
/// On tensors and views no element moves: overlapping windows share memory. A lazy expression is
/// computed first.
pub trait Sliding: IntoExpr {
    /// The windows along an axis. In the result the axis becomes the number of windows, and the
    /// elements of each window are along a new last axis, as in NumPy's `sliding_window_view`:
    /// `(n, c)` becomes `(n - 2, c, 3)` by `Axis::<0>` and `Window::<3>`.
    ///
    /// A [`Window`] has `LEN` elements, `DILATION` apart, and moves by `STRIDE`. Along an axis of
    /// length n there are `(n - DILATION * (LEN - 1) - 1) / STRIDE + 1` windows. The compiler
    /// computes this number up to 1024; for more windows, and in generic code, use
    /// [`windows_to`](Self::windows_to). If n is a run-time length, the number of windows is a
    /// run-time length without a name.
    ///
    /// A reduction over the short last axis reduces each window by itself. It is many times faster
    /// to move the last axis to the front with
    /// [`permute_dims`](crate::ops::Reshaping::permute_dims) and to reduce over it there, because
    /// many windows are then reduced together.
    ///
    /// # Panics
    /// If the length of the axis is known only at run time and a window is longer.
    ///
    /// ```
    /// use shapewright::{Tensor, Window, prelude::*, shape, tensor};
    /// let x = tensor![1.0, 2.0, 6.0, 1.0, 3.0];
    /// let smooth = x.windows(Axis::<0>, Window::<3>).mean_axis(Axis::<-1>).to_tensor(); // a moving average
    /// assert_eq!(smooth, tensor![3.0, 3.0, 10.0 / 3.0]);
    /// let windows = x.windows(Axis::<0>, Window::<3>).t(); // fast: window elements are along axis 0
    /// assert_eq!(windows.max_axis(Axis::<0>).to_tensor(), tensor![6.0, 6.0, 6.0]);
    ///
    /// // Windows over rows and columns: the maximum of each 2 by 2 square of a picture.
    /// let picture = Tensor::<f32, shape![4, 6]>::from_fn(|[i, j]| (6 * i + j) as f32);
    /// let squares = picture.windows(Axis::<0>, Window::<2, 2>).windows(Axis::<1>, Window::<2, 2>);
    /// let pooled = squares.max_axis((Axis::<-1>, Axis::<-2>)).to_tensor();
    /// assert_eq!(pooled, tensor![[7.0, 9.0, 11.0], [19.0, 21.0, 23.0]]);
    /// ```
    /// ```compile_fail
    /// # use shapewright::{Window, prelude::*, tensor};
    /// let _ = tensor![1.0, 2.0, 6.0].windows(Axis::<0>, Window::<4>); // longer than the axis
    /// ```
    #[doc(alias("sliding_window_view", "unfold", "as_strided", "rolling", "im2col"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn windows<
        Which: AxisArg,
        How,
        Windowed: Shape,
        const LEN: usize,
        const STRIDE: usize,
        const DILATION: usize,
    >(
        self,
        _axis: Which,
        _window: Window<LEN, STRIDE, DILATION>,
    ) -> Lazy<Rearranged<SlidingWindow, Self::Node, Windowed>>
    where
        Which::Kind: Slides<Which, Self::Shape, How, SlidingWindow, LEN, STRIDE, DILATION, Output = Windowed>,
    {
        const {
            verify_count::<
                Which,
                Self::Shape,
                How,
                SlideCount<Which, Self, How, LEN, STRIDE, DILATION>,
                SlideTo<Which, Self, How, LEN, STRIDE, DILATION>,
                LEN,
            >(STRIDE, DILATION)
        };
        let expr = self.into_expr();
        let count = <Which::Kind as Slides<_, _, How, SlidingWindow, LEN, STRIDE, DILATION>>::count(
            expr.shape(),
        );
        slid::<Which, _, How, _, SlideTo<Which, Self, How, LEN, STRIDE, DILATION>, LEN>(
            expr, count, STRIDE, DILATION,
        )
    }

    /// As [`windows`](Self::windows), with a number of windows that the caller names. The number is
    /// verified by a full build (`cargo build`, not `cargo check`).
    ///
    /// # Panics
    /// If the length of the axis is known only at run time and a window is longer, or if the number
    /// of windows is known only at run time and is not `count`.
    ///
    /// ```
    /// use shapewright::{Dim, Length, Tensor, Window, prelude::*, shape};
    /// /// The mean of each week.
    /// fn weekly<N: Length, W: Length>(x: &Tensor<f32, (N,)>, weeks: W) -> Tensor<f32, (W,)> {
    ///     x.windows_to(Axis::<0>, Window::<7, 7>, weeks).mean_axis(Axis::<1>).to_tensor()
    /// }
    /// let x = Tensor::<f32, shape![3650]>::ones();
    /// assert_eq!(weekly(&x, Dim::<521>).sum(), 521.0);
    /// ```
    #[doc(alias("sliding_window_view", "unfold"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn windows_to<
        Which: AxisArg,
        How,
        N: Length,
        Windowed: Shape,
        const LEN: usize,
        const STRIDE: usize,
        const DILATION: usize,
    >(
        self,
        _axis: Which,
        _window: Window<LEN, STRIDE, DILATION>,
        count: N,
    ) -> Lazy<Rearranged<SlidingWindow, Self::Node, Windowed>>
    where
        Which::Kind: SlidesTo<Which, Self::Shape, How, N, LEN, Output = Windowed>,
    {
        const { verify_count::<Which, Self::Shape, How, N, Which::Kind, LEN>(STRIDE, DILATION) };
        slid::<Which, _, How, _, Which::Kind, LEN>(self.into_expr(), count, STRIDE, DILATION)
    }
}
impl<X: IntoExpr> Sliding for X {}

/// The number of windows in [`windows`](Sliding::windows), as an axis.
type SlideCount<Which, X, How, const LEN: usize, const STRIDE: usize, const DILATION: usize> =
    <<Which as AxisArg>::Kind as Slides<
        Which,
        <X as IntoExpr>::Shape,
        How,
        SlidingWindow,
        LEN,
        STRIDE,
        DILATION,
    >>::Count;
/// The type whose impl of [`SlidesTo`] gives the shape of the result of
/// [`windows`](Sliding::windows), for the number of windows that the compiler has computed.
type SlideTo<Which, X, How, const LEN: usize, const STRIDE: usize, const DILATION: usize> =
    <<Which as AxisArg>::Kind as Slides<
        Which,
        <X as IntoExpr>::Shape,
        How,
        SlidingWindow,
        LEN,
        STRIDE,
        DILATION,
    >>::To;

/// Verifies, in a full build, that there are `Count` windows along the axis, and that memory can
/// hold the elements of all windows.
const fn verify_count<Which, S: Shape, How, Count: Extent, C, const LEN: usize>(
    stride: usize,
    dilation: usize,
) where
    C: SlidesTo<Which, S, How, Count, LEN>,
{
    verify::windows::<S, C::Found, Count>(LEN, stride, 0, dilation);
    verify::counted::<C::Output>();
}

/// Makes the lazy node of `count` windows, after checking `count` if it is known only at run time.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
fn slid<Which, E: Expr, How, Count: Extent, C, const LEN: usize>(
    expr: E,
    count: Count,
    stride: usize,
    dilation: usize,
) -> Lazy<Rearranged<SlidingWindow, E, C::Output>>
where
    C: SlidesTo<Which, E::Shape, How, Count, LEN>,
{
    agreement::windows::<_, C::Found, _>(expr.shape(), C::INDEX, [LEN, stride, 0, dilation], count);
    let shape = C::slid(expr.shape(), count);
    agreement::counted(shape);
    let how =
        SlidingWindow { axis: C::INDEX, stride: stride as isize, dilation: dilation as isize };
    Lazy(Rearranged { how, expr, shape: Carried::new(shape) })
}
