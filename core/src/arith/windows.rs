//! How many windows there are over an axis: what sliding windows, convolutions and pools make of a
//! length.
//!
//! A window of `LEN` elements, `DILATION` apart, reaches over `DILATION * (LEN - 1) + 1` of them,
//! and moves by `STRIDE`. Over an axis of length `n` with `PAD` more elements at each end there are
//! `(n + 2 * PAD - DILATION * (LEN - 1) - 1) / STRIDE + 1` windows.
//!
//! Where the stride is 1 and the padding makes up for the window, `2 * PAD = DILATION * (LEN - 1)`,
//! that is the axis itself, whatever it is: a name stays, and generic code needs no where clause.
//! Else a length that is counted has a counted number of windows, and one of run time a length of
//! run time without a name.
//!
//! `By`, a layer or what else has windows, and `S`, the shape of the data, are carried for messages.

use core::ops::{Add, Div, Mul, Sub};

use typenum::{B1, IsEqual, IsLessOrEqual, Max, UInt, UTerm};

use super::{Answer, ComputedLength, Counted, Different, FromBits, PushBit, Same};
use crate::shape::{Dim, Dyn, Extent, RunTimeName};

/// How many elements a window reaches over: nothing where it has no length, or they overflow.
pub(crate) const fn reach(window: usize, dilation: usize) -> Option<usize> {
    if window == 0 || dilation == 0 {
        return None;
    }
    match dilation.checked_mul(window - 1) {
        Some(past) => past.checked_add(1),
        None => None,
    }
}

/// The length `len` with a padding of `pad` at each end: nothing where it overflows.
pub(crate) const fn padded(len: usize, pad: usize) -> Option<usize> {
    match pad.checked_mul(2) {
        Some(padding) => len.checked_add(padding),
        None => None,
    }
}

/// How many windows there are over an axis of length `len`: 0 where they are longer, and nothing
/// where a window has no length or does not move, or numbers overflow.
pub(crate) const fn count(
    len: usize,
    window: usize,
    stride: usize,
    pad: usize,
    dilation: usize,
) -> Option<usize> {
    match (padded(len, pad), reach(window, dilation)) {
        (Some(padded), Some(reach)) if stride > 0 => {
            Some(if padded < reach { 0 } else { (padded - reach) / stride + 1 })
        }
        _ => None,
    }
}

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
    /// How many: the axis itself, a length, or one of run time without a name.
    type Output: Extent;
    /// `X`, which is looked at only where there are windows.
    type Then<X>;
    /// `X`, as a value.
    fn then<X>(x: X) -> Self::Then<X>;
    /// How many, as a value. 0 where the length is known at run time and the window is longer, which
    /// `agreement::windows` refuses.
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
/// Whether any axis is as long as there are windows over it.
type LongAsWay<
    By,
    S,
    const LEN: usize,
    const STRIDE: usize,
    const PAD: usize,
    const DILATION: usize,
> = <PaddedWindow<LEN, STRIDE, PAD, DILATION> as Moves<By, S>>::Way;

// ---- the window ------------------------------------------------------------------------------------------------------

/// A window of `LEN` elements, `DILATION` apart, that moves by `STRIDE` over an axis and `PAD` more
/// elements at each end of it.
#[derive(Debug)]
pub struct PaddedWindow<
    const LEN: usize,
    const STRIDE: usize,
    const PAD: usize,
    const DILATION: usize,
>;

/// What is known of a window whatever the axis is.
#[diagnostic::on_unimplemented(
    message = "windows are not counted by `{By}`: a length, a stride or a dilation is 0, generic, or past 1024",
    label = "not counted for these numbers",
    note = "a window has a length, a stride and a dilation of 1 or more, and it and its padding reach over no more than 1024 elements",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Sizes\""
)]
pub trait Moves<By, S> {
    /// How many elements the padding adds, in bits.
    type Padding;
    /// How many elements the window reaches past its first, in bits.
    type Past;
    /// How many elements the window reaches over, as `Dim<N>`.
    type Reach;
    /// How far it moves, in bits.
    type Stride;
    /// [`Same`] where any axis is as long as there are windows over it, else [`Different`].
    type Way;
    /// As [`count`].
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
// What follows is made of numbers less one, so that it is unknown where one of them is 0, and the
// compiler has nothing more to say.

/// One less than `N`, in bits.
type LessOne<const N: usize> = <<Dim<N> as Counted>::Bits as Sub<B1>>::Output;
type PaddingOf<const PAD: usize> = <<Dim<PAD> as Counted>::Bits as PushBit<false>>::Out;
/// `(DILATION - 1) * (LEN - 1) + (LEN - 1)`.
type PastOf<const LEN: usize, const DILATION: usize> =
    <<LessOne<DILATION> as Mul<LessOne<LEN>>>::Output as Add<LessOne<LEN>>>::Output;
type BothOf<const LEN: usize, const PAD: usize, const DILATION: usize> =
    <PastOf<LEN, DILATION> as Add<PaddingOf<PAD>>>::Output;
/// 0 where the stride is 1, else more than the padding.
type SkippedOf<const LEN: usize, const STRIDE: usize, const PAD: usize, const DILATION: usize> =
    <LessOne<STRIDE> as Mul<<BothOf<LEN, PAD, DILATION> as Add<B1>>::Output>>::Output;
/// The padding with which any axis is as long as there are windows over it: what the window reaches
/// past its first element, where the stride is 1.
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

/// The answer to whether a padding is at most half of a window is yes.
#[diagnostic::on_unimplemented(
    message = "`{By}` pads images by more than half of a window: a window of the padding alone has no element",
    label = "2 * PAD is at most K",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait AtMostHalf<By> {}
#[diagnostic::do_not_recommend]
impl<By> AtMostHalf<By> for B1 {}

// ---- the window and an axis ------------------------------------------------------------------------------------------

/// There are windows `W` over the axis `A`: [`Same`] is as many as the axis is long, whatever it is.
pub trait Covers<A, W, By, S> {
    /// How many.
    type Output: Extent;
    /// `X`, which is looked at only where there are windows.
    type Then<X>;
    /// `X`, as a value.
    fn then<X>(x: X) -> Self::Then<X>;
    /// How many, as a value.
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

/// How many windows `W` there are over the axis can be computed: 0 where the window is longer.
#[diagnostic::on_unimplemented(
    message = "the number of windows over axis `{Self}` is not computed by `{By}`: it is past 1024, or generic",
    label = "the number of windows is not known here",
    note = "windows: write `.windows_to(axis, window, Dim::<5000>)`, with how many there are (`use shapewright::Dim`), which a full build verifies; generic code takes it as an argument",
    note = "layers: a generic length is kept where STRIDE is 1 and 2 * PAD is DILATION * (K - 1); else lengths are numbers up to 1024, or of run time, `?Height`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Sizes\""
)]
pub trait CountsWindows<W, By, S>: Extent {
    /// How many.
    type Output: Extent;
    /// Whether their number is [`Different`] from 0, or the [`Same`].
    type AreSome;
    /// How many, as a value.
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
/// The length with its padding, in bits.
type PaddedBits<A, W, By, S> = <<A as Counted>::Bits as Add<<W as Moves<By, S>>::Padding>>::Output;
/// The length with its padding, or what the window reaches past its first element, if that is more.
type LongerOf<A, W, By, S> = <PaddedBits<A, W, By, S> as Max<<W as Moves<By, S>>::Past>>::Output;
/// At how many elements of the padded axis a window can begin.
type RoomOf<A, W, By, S> = <LongerOf<A, W, By, S> as Sub<<W as Moves<By, S>>::Past>>::Output;
/// At how many elements a window begins, as it moves by its stride: a part of a stride counts.
type Beginnings<A, W, By, S> = <<<RoomOf<A, W, By, S> as Add<<W as Moves<By, S>>::Stride>>::Output as Sub<
    B1,
>>::Output as Div<<W as Moves<By, S>>::Stride>>::Output;

/// A number, in bits, beside 0.
pub trait BesideZero {
    /// Whether it is [`Different`], or the [`Same`].
    type Is;
}
impl BesideZero for UTerm {
    type Is = Same;
}
impl<N, B> BesideZero for UInt<N, B> {
    type Is = Different;
}

// ---- a window that is too long ---------------------------------------------------------------------------------------

/// There is a window `W` over the axis `A`: their number is [`Different`] from 0.
pub trait AtLeastOne<A, W, By, S> {
    /// `X`, which is looked at only where there are windows.
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
/// Whether there is padding: it is [`Different`] from 0, or the same.
type IsPadded<W, By, S> = <<W as Moves<By, S>>::Padding as BesideZero>::Is;

/// The length, padded or not, is at least that of a window: asked where it is not.
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
/// A window of `REACH` elements is in an axis of `N`: nothing implements this, as it is longer.
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
/// A window of `REACH` elements is in a padded axis of `N`: nothing implements this, as it is longer.
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
