//! The data that convolutions and pools take, images `(n, c, h, w)` or lines `(n, c, l)`, and the
//! error messages for other data.
//!
//! Three bounds are checked in turn, each only if the bound before it holds, so that a mistake is
//! reported once:
//!
//! 1. The shape has four axes ([`ImageRank`]), or for lines three ([`LineRank`]).
//! 2. [`ChannelsOf`]: axis 1 has as many channels as the layer accepts. Pools accept any number of
//!    channels, and skip this bound.
//! 3. [`WindowsOver`]: a window is not longer than the padded height, and then not longer than the
//!    padded width.
//!
//! Each trait but the first is a bound on a type that the trait before it defines, such as
//! `Then<..>`. If that earlier trait is not implemented, the compiler cannot resolve the type, and
//! reports nothing about the later trait.

use crate::agreement;
use crate::arith::{PaddedWindow, PadsHalf, WindowsOver};
use crate::shape::{Dim, Extent, Length, One, Shape};
use crate::verify;

/// A shape of four axes: `(n, c, h, w)`.
pub trait ImageRank<By>: Shape {
    /// The number of images.
    type Batch: Extent;
    /// The channels.
    type Channels: Extent;
    /// The height: the number of rows.
    type Height: Extent;
    /// The width: the number of columns.
    type Width: Extent;
    /// The axes, as values.
    fn axes(self) -> (Self::Batch, Self::Channels, Self::Height, Self::Width);
}
#[diagnostic::do_not_recommend]
impl<N: Extent, C: Extent, H: Extent, W: Extent, By> ImageRank<By> for (N, C, H, W) {
    type Batch = N;
    type Channels = C;
    type Height = H;
    type Width = W;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn axes(self) -> (N, C, H, W) {
        self
    }
}

/// A shape of three axes: `(n, c, l)`.
pub trait LineRank<By>: Shape {
    /// The number of lines.
    type Batch: Extent;
    /// The channels.
    type Channels: Extent;
    /// The length of a line.
    type Line: Extent;
    /// The axes, as values.
    fn axes(self) -> (Self::Batch, Self::Channels, Self::Line);
}
#[diagnostic::do_not_recommend]
impl<N: Extent, C: Extent, L: Extent, By> LineRank<By> for (N, C, L) {
    type Batch = N;
    type Channels = C;
    type Line = L;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn axes(self) -> (N, C, L) {
        self
    }
}

/// `Self`, which is axis 1 of data of shape `S`, is the same length as `In`, the channels of the
/// layer `By`. If `In` is `Dim<1>`, `Self` may also be [`One`].
#[diagnostic::on_unimplemented(
    message = "`{By}` cannot take data of shape `{S}`: axis 1 is {Self}, not {In}",
    label = "expected {In} channels",
    note = "the channels are axis 1: `.permute_dims(..)` moves another axis there, `.rename::<shape![..]>()` gives it another name",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait ChannelsOf<In, S, By>: Extent {
    /// Always `X`. But the compiler can resolve this type only if the channels are those of the
    /// layer, so that a mistake is reported once.
    type Then<X>;
    /// Returns `x`, as a value of the type `Then<X>`.
    fn then<X>(x: X) -> Self::Then<X>;
}
#[diagnostic::do_not_recommend]
impl<In: Length, S, By> ChannelsOf<In, S, By> for In {
    type Then<X> = X;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn then<X>(x: X) -> X {
        x
    }
}
#[diagnostic::do_not_recommend]
impl<S, By> ChannelsOf<Dim<1>, S, By> for One {
    type Then<X> = X;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn then<X>(x: X) -> X {
        x
    }
}

/// Images of this shape can be convolved by the layer `By`, from `In` channels to `Out`, with
/// windows of `K` by `K`. The message of this trait is also printed if [`ImageRank`] fails: if one
/// type lacks two traits, the compiler prints the message of the trait that the call requires.
#[diagnostic::on_unimplemented(
    message = "`{By}` cannot take data of shape `{Self}`: it takes images, of 4 axes",
    label = "expected data of shape `(n, c, h, w)`",
    note = "a batch of one is made by `.expand_dims(Axis::<0>)`, one channel by `.expand_dims(Axis::<1>)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait ImagesTo<
    In,
    Out,
    By,
    const K: usize,
    const STRIDE: usize,
    const PAD: usize,
    const DILATION: usize,
>: Shape
{
    /// The shape of the result.
    type Output: Shape;
    /// Verifies that the numbers of windows are the lengths in `Output`. The layer's `forward`
    /// evaluates this constant, so that a mistake is reported for the call.
    const VERIFIED: ();
    /// The shape of the result, as a value, and the number of channels of the data.
    ///
    /// # Panics
    /// If a run-time length with its padding is less than the length of a window.
    fn output(
        self,
        out: Out,
    ) -> (<Self as ImagesTo<In, Out, By, K, STRIDE, PAD, DILATION>>::Output, usize);
}
impl<
    S: ImageRank<By>,
    In,
    Out: Length,
    By,
    const K: usize,
    const STRIDE: usize,
    const PAD: usize,
    const DILATION: usize,
> ImagesTo<In, Out, By, K, STRIDE, PAD, DILATION> for S
where
    S::Channels: ChannelsOf<In, S, By>,
    HeightOf<S, In, By>: WindowsOver<By, S, K, STRIDE, PAD, DILATION>,
    WidthOf<S, In, By, K, STRIDE, PAD, DILATION>: WindowsOver<By, S, K, STRIDE, PAD, DILATION>,
{
    type Output = (
        S::Batch,
        Out,
        WindowsOf<HeightOf<S, In, By>, S, By, K, STRIDE, PAD, DILATION>,
        WindowsOf<WidthOf<S, In, By, K, STRIDE, PAD, DILATION>, S, By, K, STRIDE, PAD, DILATION>,
    );
    const VERIFIED: () = {
        verify_windows::<S, HeightOf<S, In, By>, By, K, STRIDE, PAD, DILATION>();
        verify_windows::<
            S,
            WidthOf<S, In, By, K, STRIDE, PAD, DILATION>,
            By,
            K,
            STRIDE,
            PAD,
            DILATION,
        >();
    };
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn output(
        self,
        out: Out,
    ) -> (<Self as ImagesTo<In, Out, By, K, STRIDE, PAD, DILATION>>::Output, usize) {
        let (batch, channels, height, width) = self.axes();
        let height = <S::Channels as ChannelsOf<In, S, By>>::then(height);
        let width =
            <HeightOf<S, In, By> as WindowsOver<By, S, K, STRIDE, PAD, DILATION>>::then(width);
        let shape = (
            batch,
            out,
            WindowsOver::<By, S, K, STRIDE, PAD, DILATION>::windows(height),
            WindowsOver::<By, S, K, STRIDE, PAD, DILATION>::windows(width),
        );
        let sliding = [K, STRIDE, PAD, DILATION];
        agreement::windows::<_, HeightOf<S, In, By>, _>(self, 1, sliding, shape.2);
        agreement::windows::<_, WidthOf<S, In, By, K, STRIDE, PAD, DILATION>, _>(
            self, 0, sliding, shape.3,
        );
        (shape, channels.len())
    }
}
/// The height, as a type that the compiler can resolve only if the channels are those of the layer.
type HeightOf<S, In, By> =
    <<S as ImageRank<By>>::Channels as ChannelsOf<In, S, By>>::Then<<S as ImageRank<By>>::Height>;
/// The width, as a type that the compiler can resolve only if a window fits into the padded height.
type WidthOf<
    S,
    In,
    By,
    const K: usize,
    const STRIDE: usize,
    const PAD: usize,
    const DILATION: usize,
> = <HeightOf<S, In, By> as WindowsOver<By, S, K, STRIDE, PAD, DILATION>>::Then<
    <S as ImageRank<By>>::Width,
>;
/// The number of windows over the axis `A`.
type WindowsOf<
    A,
    S,
    By,
    const K: usize,
    const STRIDE: usize,
    const PAD: usize,
    const DILATION: usize,
> = <A as WindowsOver<By, S, K, STRIDE, PAD, DILATION>>::Output;

/// Verifies that the number of windows over the axis `A` is the length of the type
/// `WindowsOf<A, ..>`. That type is computed from `NamedLength::Bits`, the length as a typenum
/// number. A user's length may have `Bits` that differ from its size, and then the type has a wrong
/// length.
const fn verify_windows<
    S: Shape,
    A: WindowsOver<By, S, K, STRIDE, PAD, DILATION>,
    By,
    const K: usize,
    const STRIDE: usize,
    const PAD: usize,
    const DILATION: usize,
>() {
    verify::windows::<S, A, WindowsOf<A, S, By, K, STRIDE, PAD, DILATION>>(
        K, STRIDE, PAD, DILATION,
    );
}

/// Lines of this shape can be convolved by the layer `By`, from `In` channels to `Out`, with
/// windows of `K` elements.
#[diagnostic::on_unimplemented(
    message = "`{By}` cannot take data of shape `{Self}`: it takes lines, of 3 axes",
    label = "expected data of shape `(n, c, l)`",
    note = "a batch of one is made by `.expand_dims(Axis::<0>)`, one channel by `.expand_dims(Axis::<1>)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait LinesTo<
    In,
    Out,
    By,
    const K: usize,
    const STRIDE: usize,
    const PAD: usize,
    const DILATION: usize,
>: Shape
{
    /// The shape of the result.
    type Output: Shape;
    /// Verifies that the numbers of windows are the lengths in `Output`. The layer's `forward`
    /// evaluates this constant, so that a mistake is reported for the call.
    const VERIFIED: ();
    /// The shape of the result, as a value, and the number of channels of the data.
    ///
    /// # Panics
    /// If a run-time length with its padding is less than the length of a window.
    fn output(
        self,
        out: Out,
    ) -> (<Self as LinesTo<In, Out, By, K, STRIDE, PAD, DILATION>>::Output, usize);
}
impl<
    S: LineRank<By>,
    In,
    Out: Length,
    By,
    const K: usize,
    const STRIDE: usize,
    const PAD: usize,
    const DILATION: usize,
> LinesTo<In, Out, By, K, STRIDE, PAD, DILATION> for S
where
    S::Channels: ChannelsOf<In, S, By>,
    LineOf<S, In, By>: WindowsOver<By, S, K, STRIDE, PAD, DILATION>,
{
    type Output = (S::Batch, Out, WindowsOf<LineOf<S, In, By>, S, By, K, STRIDE, PAD, DILATION>);
    const VERIFIED: () = verify_windows::<S, LineOf<S, In, By>, By, K, STRIDE, PAD, DILATION>();
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn output(
        self,
        out: Out,
    ) -> (<Self as LinesTo<In, Out, By, K, STRIDE, PAD, DILATION>>::Output, usize) {
        let (batch, channels, line) = self.axes();
        let line = <S::Channels as ChannelsOf<In, S, By>>::then(line);
        let shape = (batch, out, WindowsOver::<By, S, K, STRIDE, PAD, DILATION>::windows(line));
        agreement::windows::<_, LineOf<S, In, By>, _>(self, 0, [K, STRIDE, PAD, DILATION], shape.2);
        (shape, channels.len())
    }
}
/// The length of a line, as a type that the compiler can resolve only if the channels are those of
/// the layer.
type LineOf<S, In, By> =
    <<S as LineRank<By>>::Channels as ChannelsOf<In, S, By>>::Then<<S as LineRank<By>>::Line>;

/// The layer `By` can take images of this shape, and pool all elements of a channel into one.
#[diagnostic::on_unimplemented(
    message = "`{By}` cannot take data of shape `{Self}`: it takes images, of 4 axes",
    label = "expected data of shape `(n, c, h, w)`",
    note = "a batch of one is made by `.expand_dims(Axis::<0>)`, one channel by `.expand_dims(Axis::<1>)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait WholeImages<By>: Shape {
    /// The shape of the result: `(n, c)`.
    type Output: Shape;
    /// The shape with [`One`] in place of rows and columns.
    type Kept: Shape;
    /// The shapes `Output` and `Kept`, as values.
    fn pooled(self) -> (<Self as WholeImages<By>>::Output, Self::Kept);
}
#[diagnostic::do_not_recommend]
impl<N: Extent, C: Extent, H: Extent, W: Extent, By> WholeImages<By> for (N, C, H, W) {
    type Output = (N, C);
    type Kept = (N, C, One, One);
    #[cfg_attr(not(unoptimised), inline(always))]
    fn pooled(self) -> ((N, C), (N, C, One, One)) {
        ((self.0, self.1), (self.0, self.1, One, One))
    }
}

/// Images of this shape can be pooled by the layer `By`, with windows of `K` by `K`.
#[diagnostic::on_unimplemented(
    message = "`{By}` cannot take data of shape `{Self}`: it takes images, of 4 axes",
    label = "expected data of shape `(n, c, h, w)`",
    note = "a batch of one is made by `.expand_dims(Axis::<0>)`, one channel by `.expand_dims(Axis::<1>)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait PooledBy<By, const K: usize, const STRIDE: usize, const PAD: usize>: Shape {
    /// The shape of the result.
    type Output: Shape;
    /// Verifies that the numbers of windows are the lengths in `Output`. The layer's `forward`
    /// evaluates this constant, so that a mistake is reported for the call.
    const VERIFIED: ();
    /// The shape of the result, as a value.
    ///
    /// # Panics
    /// If a run-time length with its padding is less than the length of a window.
    fn output(self) -> <Self as PooledBy<By, K, STRIDE, PAD>>::Output;
}
impl<S: ImageRank<By>, By, const K: usize, const STRIDE: usize, const PAD: usize>
    PooledBy<By, K, STRIDE, PAD> for S
where
    PaddedWindow<K, STRIDE, PAD, 1>: PadsHalf<By, S>,
    S::Height: WindowsOver<By, S, K, STRIDE, PAD, 1>,
    PooledWidth<S, By, K, STRIDE, PAD>: WindowsOver<By, S, K, STRIDE, PAD, 1>,
{
    type Output = (
        S::Batch,
        S::Channels,
        WindowsOf<S::Height, S, By, K, STRIDE, PAD, 1>,
        WindowsOf<PooledWidth<S, By, K, STRIDE, PAD>, S, By, K, STRIDE, PAD, 1>,
    );
    const VERIFIED: () = {
        verify_windows::<S, S::Height, By, K, STRIDE, PAD, 1>();
        verify_windows::<S, PooledWidth<S, By, K, STRIDE, PAD>, By, K, STRIDE, PAD, 1>();
    };
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn output(self) -> <Self as PooledBy<By, K, STRIDE, PAD>>::Output {
        let (batch, channels, height, width) = self.axes();
        let width = <S::Height as WindowsOver<By, S, K, STRIDE, PAD, 1>>::then(width);
        let shape = (
            batch,
            channels,
            WindowsOver::<By, S, K, STRIDE, PAD, 1>::windows(height),
            WindowsOver::<By, S, K, STRIDE, PAD, 1>::windows(width),
        );
        let sliding = [K, STRIDE, PAD, 1];
        agreement::windows::<_, S::Height, _>(self, 1, sliding, shape.2);
        agreement::windows::<_, PooledWidth<S, By, K, STRIDE, PAD>, _>(self, 0, sliding, shape.3);
        shape
    }
}
/// The width, as a type that the compiler can resolve only if a window fits into the padded height.
type PooledWidth<S, By, const K: usize, const STRIDE: usize, const PAD: usize> =
    <<S as ImageRank<By>>::Height as WindowsOver<By, S, K, STRIDE, PAD, 1>>::Then<
        <S as ImageRank<By>>::Width,
    >;
