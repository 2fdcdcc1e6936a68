//! The number of windows over an axis, for sliding windows, convolutions and pools.
//!
//! A window of `LEN` elements, `DILATION` apart, reaches over `DILATION * (LEN - 1) + 1` elements,
//! and moves by `STRIDE`. Over an axis of length `n` with `PAD` more elements at each end there are
//! `(n + 2 * PAD - DILATION * (LEN - 1) - 1) / STRIDE + 1` windows, rounded down.
//!
//! 1. [`Moves`] computes what depends on the window alone.
//! 2. If the stride is 1 and the padding makes up for the window, `2 * PAD = DILATION * (LEN - 1)`,
//!    there are as many windows as the axis is long. Then the number of windows is the axis itself,
//!    whatever it is: a name stays, and generic code needs no where clause ([`Covers`] for
//!    [`Same`]).
//! 3. Otherwise a counted length has a counted number of windows, and a run-time length has a
//!    run-time number without a name ([`CountsWindows`]).
//! 4. If a counted number is 0, the window is too long, which [`AsLongAs`] reports.
//!
//! `By`, a layer or another type that has windows, and `S`, the shape of the data, are for messages
//! only.

use core::ops::{Add, Div, Mul, Sub};

use typenum::{B1, IsEqual, IsLessOrEqual, Max, UInt, UTerm};

use super::{Answer, ComputedLength, Counted, Different, FromBits, PushBit, Same};
use crate::shape::{Dim, Dyn, Extent, RunTimeName};

mod count;

pub(crate) use count::{count, padded, reach};

/// There are windows of `LEN` elements, `DILATION` apart, that move by `STRIDE` over the axis and
/// `PAD` more elements at each end of it.
pub trait WindowsOver<
    By,
    S,
    const LEN: usize,
    const STRIDE: usize,
    const PAD: usize,
    const DILATION: usize,
>: Extent
{
    /// The number of windows: the axis itself, a number, or one known at run time without a name.
    type Output: Extent;
    /// `X` itself, resolved only where there are windows.
    type Then<X>;
    /// `X`, as a value.
    fn then<X>(x: X) -> Self::Then<X>;
    /// The number of windows, as a value. It is 0 if the length is known at run time and the window
    /// is longer, which `agreement::windows` refuses.
    fn windows(self) -> Self::Output;
}
impl<
    A: Extent,
    By,
    S,
    const LEN: usize,
    const STRIDE: usize,
    const PAD: usize,
    const DILATION: usize,
> WindowsOver<By, S, LEN, STRIDE, PAD, DILATION> for A
where
    PaddedWindow<LEN, STRIDE, PAD, DILATION>: Moves<By, S>,
    LongAsWay<By, S, LEN, STRIDE, PAD, DILATION>:
        Covers<A, PaddedWindow<LEN, STRIDE, PAD, DILATION>, By, S>,
{
    type Output = <LongAsWay<By, S, LEN, STRIDE, PAD, DILATION> as Covers<
        A,
        PaddedWindow<LEN, STRIDE, PAD, DILATION>,
        By,
        S,
    >>::Output;
    type Then<X> = <LongAsWay<By, S, LEN, STRIDE, PAD, DILATION> as Covers<
        A,
        PaddedWindow<LEN, STRIDE, PAD, DILATION>,
        By,
        S,
    >>::Then<X>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn then<X>(x: X) -> Self::Then<X> {
        <LongAsWay<By, S, LEN, STRIDE, PAD, DILATION> as Covers<A, _, By, S>>::then(x)
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn windows(self) -> Self::Output {
        <LongAsWay<By, S, LEN, STRIDE, PAD, DILATION> as Covers<A, _, By, S>>::windows(self)
    }
}
/// Whether any axis is as long as the number of windows over it: [`Same`] or [`Different`].
type LongAsWay<
    By,
    S,
    const LEN: usize,
    const STRIDE: usize,
    const PAD: usize,
    const DILATION: usize,
> = <PaddedWindow<LEN, STRIDE, PAD, DILATION> as Moves<By, S>>::Way;

// ---- the window ---------------------------------------------------------------------------------

/// A window of `LEN` elements, `DILATION` apart, that moves by `STRIDE` over an axis and `PAD` more
/// elements at each end of it.
#[derive(Debug)]
pub struct PaddedWindow<
    const LEN: usize,
    const STRIDE: usize,
    const PAD: usize,
    const DILATION: usize,
>;

/// What is known of a window, whatever the axis is.
#[diagnostic::on_unimplemented(
    message = "windows are not counted by `{By}`: a length, a stride or a dilation is 0, generic, or past 1024",
    label = "not counted for these numbers",
    note = "a window has a length, a stride and a dilation of 1 or more, and it and its padding reach over no more than 1024 elements",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Sizes\""
)]
pub trait Moves<By, S> {
    /// The number of elements that the padding adds, as bits.
    type Padding;
    /// The number of elements that the window reaches past its first, as bits.
    type Past;
    /// The number of elements that the window reaches over, as `Dim<N>`.
    type Reach;
    /// The stride, as bits.
    type Stride;
    /// [`Same`] if any axis is as long as the number of windows over it, otherwise [`Different`].
    type Way;
    /// As [`count()`], but 0 instead of `None`.
    fn count(len: usize) -> usize;
}
#[diagnostic::do_not_recommend]
impl<By, S, const LEN: usize, const STRIDE: usize, const PAD: usize, const DILATION: usize>
    Moves<By, S> for PaddedWindow<LEN, STRIDE, PAD, DILATION>
where
    Dim<LEN>: Counted<Bits: Sub<B1>>,
    Dim<DILATION>: Counted<Bits: Sub<B1, Output: Mul<LessOne<LEN>, Output: Add<LessOne<LEN>>>>>,
    PastOf<LEN, DILATION>: Add<PaddingOf<PAD>>
        + Add<SkippedOf<LEN, STRIDE, PAD, DILATION>>
        + Add<B1, Output: FromBits>,
    BothOf<LEN, PAD, DILATION>: Add<B1>,
    Dim<PAD>: Counted<Bits: PushBit<false>>,
    Dim<STRIDE>:
        Counted<Bits: Sub<B1, Output: Mul<<BothOf<LEN, PAD, DILATION> as Add<B1>>::Output>>>,
    PaddingOf<PAD>: IsEqual<LostOf<LEN, STRIDE, PAD, DILATION>, Output: Answer>,
{
    type Padding = PaddingOf<PAD>;
    type Past = PastOf<LEN, DILATION>;
    type Reach = <<PastOf<LEN, DILATION> as Add<B1>>::Output as FromBits>::Length;
    type Stride = <Dim<STRIDE> as Counted>::Bits;
    type Way =
        <<PaddingOf<PAD> as IsEqual<LostOf<LEN, STRIDE, PAD, DILATION>>>::Output as Answer>::Is;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn count(len: usize) -> usize {
        count(len, LEN, STRIDE, PAD, DILATION).unwrap_or(0)
    }
}
// These types are made of numbers less one. So they are unknown where a number is 0, and the
// compiler reports nothing more.

/// One less than `N`, as bits.
type LessOne<const N: usize> = <<Dim<N> as Counted>::Bits as Sub<B1>>::Output;
type PaddingOf<const PAD: usize> = <<Dim<PAD> as Counted>::Bits as PushBit<false>>::Out;
/// `(DILATION - 1) * (LEN - 1) + (LEN - 1)`.
type PastOf<const LEN: usize, const DILATION: usize> =
    <<LessOne<DILATION> as Mul<LessOne<LEN>>>::Output as Add<LessOne<LEN>>>::Output;
type BothOf<const LEN: usize, const PAD: usize, const DILATION: usize> =
    <PastOf<LEN, DILATION> as Add<PaddingOf<PAD>>>::Output;
/// 0 if the stride is 1, otherwise more than the padding.
type SkippedOf<const LEN: usize, const STRIDE: usize, const PAD: usize, const DILATION: usize> =
    <LessOne<STRIDE> as Mul<<BothOf<LEN, PAD, DILATION> as Add<B1>>::Output>>::Output;
/// The padding, at both ends together, with which any axis is as long as the number of windows over
/// it. It is what the window reaches past its first element if the stride is 1, and otherwise more
/// than the padding that there is.
type LostOf<const LEN: usize, const STRIDE: usize, const PAD: usize, const DILATION: usize> =
    <PastOf<LEN, DILATION> as Add<SkippedOf<LEN, STRIDE, PAD, DILATION>>>::Output;

/// The padding of the window is at most half of it, so that each window has an element.
pub trait PadsHalf<By, S> {}
impl<W: Moves<By, S>, By, S> PadsHalf<By, S> for W
where
    W::Past: Add<B1>,
    W::Padding: IsLessOrEqual<<W::Past as Add<B1>>::Output, Output: AtMostHalf<By>>,
{
}

/// typenum's answer to whether a padding is at most half of a window; it must be yes.
#[diagnostic::on_unimplemented(
    message = "`{By}` pads images by more than half of a window: a window of the padding alone has no element",
    label = "2 * PAD is at most K",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait AtMostHalf<By> {}
#[diagnostic::do_not_recommend]
impl<By> AtMostHalf<By> for B1 {}

// ---- the window and an axis ---------------------------------------------------------------------

/// There are windows `W` over the axis `A`. [`Same`] means as many as the axis is long, whatever it
/// is.
pub trait Covers<A, W, By, S> {
    /// The number of windows.
    type Output: Extent;
    /// `X` itself, resolved only where there are windows.
    type Then<X>;
    /// `X`, as a value.
    fn then<X>(x: X) -> Self::Then<X>;
    /// The number of windows, as a value.
    fn windows(axis: A) -> Self::Output;
}
impl<A: Extent, W, By, S> Covers<A, W, By, S> for Same {
    type Output = A;
    type Then<X> = X;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn then<X>(x: X) -> X {
        x
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn windows(axis: A) -> A {
        axis
    }
}
impl<A, W, By, S> Covers<A, W, By, S> for Different
where
    A: CountsWindows<W, By, S, Output: ComputedLength, AreSome: AtLeastOne<A, W, By, S>>,
{
    type Output = A::Output;
    type Then<X> =
        <A::Output as ComputedLength>::Then<<A::AreSome as AtLeastOne<A, W, By, S>>::Then<X>>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn then<X>(x: X) -> Self::Then<X> {
        <A::Output as ComputedLength>::then(<A::AreSome as AtLeastOne<A, W, By, S>>::then(x))
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn windows(axis: A) -> A::Output {
        axis.counted()
    }
}

/// The number of windows `W` over the axis can be computed; it is 0 if the window is longer.
#[diagnostic::on_unimplemented(
    message = "the number of windows over axis `{Self}` is not computed by `{By}`: it is past 1024, or generic",
    label = "the number of windows is not known here",
    note = "windows: write `.windows_to(axis, window, Dim::<5000>)`, with how many there are (`use shapewright::Dim`), which a full build verifies; generic code takes it as an argument",
    note = "layers: a generic length is kept where STRIDE is 1 and 2 * PAD is DILATION * (K - 1); else lengths are numbers up to 1024, or of run time, `?Height`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Sizes\""
)]
pub trait CountsWindows<W, By, S>: Extent {
    /// The number of windows.
    type Output: Extent;
    /// Whether the number of windows is [`Different`] from 0, or the [`Same`].
    type AreSome;
    /// The number of windows, as a value.
    fn counted(self) -> Self::Output;
}
#[diagnostic::do_not_recommend]
impl<A: Counted, W: Moves<By, S>, By, S> CountsWindows<W, By, S> for A
where
    A::Bits: Add<W::Padding, Output: Max<W::Past>>,
    LongerOf<A, W, By, S>: Sub<W::Past, Output: Add<W::Stride>>,
    RoomOf<A, W, By, S>:
        Add<W::Stride, Output: Sub<B1, Output: Div<W::Stride, Output: FromBits + BesideZero>>>,
{
    type Output = <Beginnings<A, W, By, S> as FromBits>::Length;
    type AreSome = <Beginnings<A, W, By, S> as BesideZero>::Is;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn counted(self) -> Self::Output {
        Beginnings::<A, W, By, S>::length(W::count(self.len()))
    }
}
#[diagnostic::do_not_recommend]
impl<N: RunTimeName, W: Moves<By, S>, By, S> CountsWindows<W, By, S> for Dyn<N> {
    type Output = Dyn;
    type AreSome = Different;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn counted(self) -> Dyn {
        Dyn::of(W::count(self.len()))
    }
}
/// The length with its padding, as bits.
type PaddedBits<A, W, By, S> = <<A as Counted>::Bits as Add<<W as Moves<By, S>>::Padding>>::Output;
/// The length with its padding, or what the window reaches past its first element, whichever is
/// more.
type LongerOf<A, W, By, S> = <PaddedBits<A, W, By, S> as Max<<W as Moves<By, S>>::Past>>::Output;
/// The number of elements of the padded axis at which a window could begin.
type RoomOf<A, W, By, S> = <LongerOf<A, W, By, S> as Sub<<W as Moves<By, S>>::Past>>::Output;
/// The number of elements at which a window does begin, as it moves by its stride; a part of a
/// stride counts as one.
type Beginnings<A, W, By, S> = <<<RoomOf<A, W, By, S> as Add<<W as Moves<By, S>>::Stride>>::Output as Sub<
    B1,
>>::Output as Div<<W as Moves<By, S>>::Stride>>::Output;

/// A number, as bits, compared with 0.
pub trait BesideZero {
    /// Whether the number is [`Different`] from 0, or the [`Same`].
    type Is;
}
impl BesideZero for UTerm {
    type Is = Same;
}
impl<N, B> BesideZero for UInt<N, B> {
    type Is = Different;
}

// ---- a window that is too long ------------------------------------------------------------------

/// There is at least one window `W` over the axis `A`. `Self` says whether their number is
/// [`Different`] from 0.
pub trait AtLeastOne<A, W, By, S> {
    /// `X` itself, resolved only where there are windows.
    type Then<X>;
    /// `X`, as a value.
    fn then<X>(x: X) -> Self::Then<X>;
}
impl<A, W, By, S> AtLeastOne<A, W, By, S> for Different {
    type Then<X> = X;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn then<X>(x: X) -> X {
        x
    }
}
impl<A: Counted, W, By, S> AtLeastOne<A, W, By, S> for Same
where
    W: Moves<By, S, Padding: BesideZero>,
    A::Bits:
        Add<W::Padding, Output: FromBits<Length: AsLongAs<W::Reach, IsPadded<W, By, S>, By, S>>>,
{
    type Then<X> = <<PaddedBits<A, W, By, S> as FromBits>::Length as AsLongAs<
        W::Reach,
        IsPadded<W, By, S>,
        By,
        S,
    >>::Then<X>;
    fn then<X>(x: X) -> Self::Then<X> {
        <<PaddedBits<A, W, By, S> as FromBits>::Length as AsLongAs<_, _, By, S>>::then(x)
    }
}
/// Whether there is padding: its number is [`Different`] from 0, or the [`Same`].
type IsPadded<W, By, S> = <<W as Moves<By, S>>::Padding as BesideZero>::Is;

/// The length, padded or not, is at least that of a window. It is required only where it is not, to
/// report that.
pub trait AsLongAs<Reach, IsPadded, By, S> {
    /// Not reached.
    type Then<X>;
    /// `X`, as a value.
    fn then<X>(x: X) -> Self::Then<X>;
}
impl<const N: usize, const REACH: usize, By, S> AsLongAs<Dim<REACH>, Same, By, S> for Dim<N>
where
    TooLong: InAxis<REACH, N, By, S>,
{
    type Then<X> = <TooLong as InAxis<REACH, N, By, S>>::Then<X>;
    fn then<X>(x: X) -> Self::Then<X> {
        <TooLong as InAxis<REACH, N, By, S>>::then(x)
    }
}
impl<const N: usize, const REACH: usize, By, S> AsLongAs<Dim<REACH>, Different, By, S> for Dim<N>
where
    TooLong: InPaddedAxis<REACH, N, By, S>,
{
    type Then<X> = <TooLong as InPaddedAxis<REACH, N, By, S>>::Then<X>;
    fn then<X>(x: X) -> Self::Then<X> {
        <TooLong as InPaddedAxis<REACH, N, By, S>>::then(x)
    }
}

/// A window that is longer than the axis.
#[derive(Debug)]
pub struct TooLong;
/// A window of `REACH` elements fits in an axis of `N`: nothing implements this, as the window is
/// longer.
#[diagnostic::on_unimplemented(
    message = "a window of {REACH} is longer than the axis of {N}: `{By}` over shape `{S}`",
    label = "the window is longer than the axis",
    note = "a window of n elements, d apart, reaches over d * (n - 1) + 1",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Sizes\""
)]
pub trait InAxis<const REACH: usize, const N: usize, By, S> {
    /// Not reached.
    type Then<X>;
    /// `X`, as a value.
    fn then<X>(x: X) -> Self::Then<X>;
}
/// A window of `REACH` elements fits in a padded axis of `N`: nothing implements this, as the
/// window is longer.
#[diagnostic::on_unimplemented(
    message = "a window of {REACH} is longer than the padded axis of {N}: `{By}` over shape `{S}`",
    label = "the window is longer than the padded axis",
    note = "an axis of n is n + 2 * p long with a padding of p at each end; a window of n elements, d apart, reaches over d * (n - 1) + 1",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Sizes\""
)]
pub trait InPaddedAxis<const REACH: usize, const N: usize, By, S> {
    /// Not reached.
    type Then<X>;
    /// `X`, as a value.
    fn then<X>(x: X) -> Self::Then<X>;
}

#[cfg(test)]
mod tests;
