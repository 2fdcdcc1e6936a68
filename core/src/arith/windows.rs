//! The number of windows over an axis, for sliding windows, convolutions and pools.
//!
//! A window has `LEN` elements, `DILATION` indices apart, and moves by `STRIDE` indices at a time.
//! The window reaches over `DILATION * (LEN - 1) + 1` indices. So over an axis of length `n`, with
//! `PAD` elements of padding at each end, there are
//! `(n + 2 * PAD - DILATION * (LEN - 1) - 1) / STRIDE + 1` windows; the division rounds down.
//!
//! 1. [`Moves`] computes the numbers that depend on the window alone.
//! 2. If the stride is 1 and the padding makes up for the window, `2 * PAD = DILATION * (LEN - 1)`,
//!    there are as many windows as the axis is long. Then the resulting axis is the axis itself: a
//!    name is kept, and code that is generic over the axis needs no `where` clause ([`Covers`] for
//!    [`Same`]).
//! 3. Otherwise typenum computes the number of windows over a static axis. The number of windows
//!    over a run-time length is a run-time length without a name ([`CountsWindows`]).
//! 4. If the number that typenum computes is 0, the window is longer than the padded axis, which
//!    [`AsLongAs`] reports as an error.
//!
//! `By`, a layer or another type that has windows, and `S`, the shape of the data, are for messages
//! only.

use core::ops::{Add, Div, Mul, Sub};

use typenum::{B1, IsEqual, IsLessOrEqual, Max, UInt, UTerm};

use super::{Answer, ComputedLength, Counted, Different, FromBits, PushBit, Same};
use crate::shape::{Dim, Dyn, Extent, RunTimeName};

mod count;

pub(crate) use count::{count, padded, reach};

/// Windows of `LEN` elements, `DILATION` indices apart, can move by `STRIDE` over this axis with
/// `PAD` elements of padding at each end, and there is at least one window.
pub trait WindowsOver<
    By,
    S,
    const LEN: usize,
    const STRIDE: usize,
    const PAD: usize,
    const DILATION: usize,
>: Extent
{
    /// The number of windows, as an axis: the axis itself, `Dim<N>`, or a run-time length without a
    /// name.
    type Output: Extent;
    /// Always `X`, but the compiler can resolve this type only if there is at least one window.
    /// Otherwise the compiler checks nothing that depends on this type, and reports one error.
    type Then<X>;
    /// `x`, as a value of the type `Then<X>`.
    fn then<X>(x: X) -> Self::Then<X>;
    /// The number of windows, as a value. It is 0 if the axis is a run-time length and the window
    /// is longer than the padded axis. The caller then calls `agreement::windows`, which panics in
    /// this case.
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
/// The `Way` of the window with these numbers: [`Same`] if over any axis there are as many windows
/// as the axis is long, otherwise [`Different`].
type LongAsWay<
    By,
    S,
    const LEN: usize,
    const STRIDE: usize,
    const PAD: usize,
    const DILATION: usize,
> = <PaddedWindow<LEN, STRIDE, PAD, DILATION> as Moves<By, S>>::Way;

// ---- the window ---------------------------------------------------------------------------------

/// A window of `LEN` elements, `DILATION` indices apart, that moves by `STRIDE` over an axis with
/// `PAD` elements of padding at each end.
#[derive(Debug)]
pub struct PaddedWindow<
    const LEN: usize,
    const STRIDE: usize,
    const PAD: usize,
    const DILATION: usize,
>;

/// The numbers that describe a window and do not depend on the axis that it moves over.
#[diagnostic::on_unimplemented(
    message = "windows are not counted by `{By}`: a length, a stride or a dilation is 0, generic, or past 1024",
    label = "not counted for these numbers",
    note = "a window has a length, a stride and a dilation of 1 or more, and it and its padding reach over no more than 1024 elements",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Sizes\""
)]
pub trait Moves<By, S> {
    /// The number of elements that the padding adds at both ends together, as a typenum number.
    type Padding;
    /// The distance from the first element of the window to its last, in indices, as a typenum
    /// number.
    type Past;
    /// The number of indices that the window reaches over, which is `Past + 1`, as `Dim<N>`.
    type Reach;
    /// The stride, as a typenum number.
    type Stride;
    /// [`Same`] if there are as many windows over any axis as the axis is long, otherwise
    /// [`Different`].
    type Way;
    /// The number of windows over an axis of length `len`, as [`count()`] computes it, but 0
    /// instead of `None`.
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
// Most of the types below subtract 1 from `LEN`, `STRIDE` or `DILATION`. If that parameter is 0,
// the compiler cannot resolve the type, and so it reports no further errors about uses of the type.

/// `N - 1`, as a typenum number.
type LessOne<const N: usize> = <<Dim<N> as Counted>::Bits as Sub<B1>>::Output;
/// `2 * PAD`: the padding at both ends together.
type PaddingOf<const PAD: usize> = <<Dim<PAD> as Counted>::Bits as PushBit<false>>::Out;
/// The distance from the first element of the window to its last: `(DILATION - 1) * (LEN - 1) +
/// (LEN - 1)`.
type PastOf<const LEN: usize, const DILATION: usize> =
    <<LessOne<DILATION> as Mul<LessOne<LEN>>>::Output as Add<LessOne<LEN>>>::Output;
/// `PastOf + PaddingOf`.
type BothOf<const LEN: usize, const PAD: usize, const DILATION: usize> =
    <PastOf<LEN, DILATION> as Add<PaddingOf<PAD>>>::Output;
/// `(STRIDE - 1) * (BothOf + 1)`: 0 if the stride is 1, otherwise more than `BothOf`, which is at
/// least the padding at both ends together.
type SkippedOf<const LEN: usize, const STRIDE: usize, const PAD: usize, const DILATION: usize> =
    <LessOne<STRIDE> as Mul<<BothOf<LEN, PAD, DILATION> as Add<B1>>::Output>>::Output;
/// The padding, at both ends together, with which any axis has as many windows as it is long. If
/// the stride is 1, this padding is the distance from the first element of the window to its last.
/// With another stride there is no such padding. Then `LostOf` is greater than the actual padding,
/// so that [`Way`](Moves::Way), which compares the two, is [`Different`].
type LostOf<const LEN: usize, const STRIDE: usize, const PAD: usize, const DILATION: usize> =
    <PastOf<LEN, DILATION> as Add<SkippedOf<LEN, STRIDE, PAD, DILATION>>>::Output;

/// The padding at each end is at most half as long as the window, so that no window lies in the
/// padding alone.
pub trait PadsHalf<By, S> {}
impl<W: Moves<By, S>, By, S> PadsHalf<By, S> for W
where
    W::Past: Add<B1>,
    W::Padding: IsLessOrEqual<<W::Past as Add<B1>>::Output, Output: AtMostHalf<By>>,
{
}

/// Implemented for [`B1`], typenum's "yes": the padding at each end is at most half as long as the
/// window.
#[diagnostic::on_unimplemented(
    message = "`{By}` pads images by more than half of a window: a window of the padding alone has no element",
    label = "2 * PAD is at most K",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait AtMostHalf<By> {}
#[diagnostic::do_not_recommend]
impl<By> AtMostHalf<By> for B1 {}

// ---- the window and an axis ---------------------------------------------------------------------

/// There is at least one window `W` over the axis `A`. `Self` is [`Same`] if there are as many
/// windows as the axis is long, whatever the axis is, and otherwise [`Different`].
pub trait Covers<A, W, By, S> {
    /// The number of windows.
    type Output: Extent;
    /// Always `X`, but the compiler can resolve this type only if there is at least one window.
    /// Otherwise the compiler checks nothing that depends on this type, and reports one error.
    type Then<X>;
    /// `x`, as a value of the type `Then<X>`.
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

/// The number of windows `W` over this axis can be computed. It is 0 if the window is longer than
/// the padded axis.
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
    /// [`Same`] if the compiler knows that there are 0 windows. [`Different`] if there are more, or
    /// if the number is known only at run time.
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
/// The length of the padded axis, as a typenum number.
type PaddedBits<A, W, By, S> = <<A as Counted>::Bits as Add<<W as Moves<By, S>>::Padding>>::Output;
/// The greater of two numbers: the length of the padded axis, and the distance `Past` from the
/// first element of a window to its last. So the subtraction of `Past` in [`RoomOf`] cannot fail.
type LongerOf<A, W, By, S> = <PaddedBits<A, W, By, S> as Max<<W as Moves<By, S>>::Past>>::Output;
/// The number of indices of the padded axis at which a window could begin, whatever the stride.
type RoomOf<A, W, By, S> = <LongerOf<A, W, By, S> as Sub<<W as Moves<By, S>>::Past>>::Output;
/// The number of windows: `RoomOf / STRIDE`, rounded up, because windows begin at the indices 0,
/// `STRIDE`, `2 * STRIDE` and so on that are below `RoomOf`.
type Beginnings<A, W, By, S> = <<<RoomOf<A, W, By, S> as Add<<W as Moves<By, S>>::Stride>>::Output as Sub<
    B1,
>>::Output as Div<<W as Moves<By, S>>::Stride>>::Output;

/// Compares a typenum number with 0.
pub trait BesideZero {
    /// [`Same`] if the number is 0, [`Different`] if it is not.
    type Is;
}
impl BesideZero for UTerm {
    type Is = Same;
}
impl<N, B> BesideZero for UInt<N, B> {
    type Is = Different;
}

// ---- a window that is too long ------------------------------------------------------------------

/// There is at least one window `W` over the axis `A`. `Self` is [`Different`] if the number of
/// windows is not 0, or is known only at run time. The impl for [`Same`] is for 0 windows: its
/// bounds always fail, with the right message.
pub trait AtLeastOne<A, W, By, S> {
    /// Always `X`, but the compiler can resolve this type only if there is at least one window.
    /// Otherwise the compiler checks nothing that depends on this type, and reports one error.
    type Then<X>;
    /// `x`, as a value of the type `Then<X>`.
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
/// [`Different`] if the window has padding, [`Same`] if the padding is 0.
type IsPadded<W, By, S> = <<W as Moves<By, S>>::Padding as BesideZero>::Is;

/// The length `Self` of the padded axis is at least `Reach`, the number of indices that a window
/// reaches over. This bound is required only where it fails, so that the error names both lengths.
pub trait AsLongAs<Reach, IsPadded, By, S> {
    /// Never resolved, as the bounds of each impl fail.
    type Then<X>;
    /// `x`, as a value of the type `Then<X>`.
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

/// Stands for a window that is longer than the axis.
#[derive(Debug)]
pub struct TooLong;
/// A window that reaches over `REACH` indices fits in an axis of length `N`. No type implements
/// this trait, because the trait is required only where the window is longer than the axis, for the
/// error message.
#[diagnostic::on_unimplemented(
    message = "a window of {REACH} is longer than the axis of {N}: `{By}` over shape `{S}`",
    label = "the window is longer than the axis",
    note = "a window of n elements, d apart, reaches over d * (n - 1) + 1",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Sizes\""
)]
pub trait InAxis<const REACH: usize, const N: usize, By, S> {
    /// Never resolved, as no type implements this trait.
    type Then<X>;
    /// `x`, as a value of the type `Then<X>`.
    fn then<X>(x: X) -> Self::Then<X>;
}
/// A window that reaches over `REACH` indices fits in a padded axis of length `N`. No type
/// implements this trait, because the trait is required only where the window is longer than the
/// axis, for the error message.
#[diagnostic::on_unimplemented(
    message = "a window of {REACH} is longer than the padded axis of {N}: `{By}` over shape `{S}`",
    label = "the window is longer than the padded axis",
    note = "an axis of n is n + 2 * p long with a padding of p at each end; a window of n elements, d apart, reaches over d * (n - 1) + 1",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Sizes\""
)]
pub trait InPaddedAxis<const REACH: usize, const N: usize, By, S> {
    /// Never resolved, as no type implements this trait.
    type Then<X>;
    /// `x`, as a value of the type `Then<X>`.
    fn then<X>(x: X) -> Self::Then<X>;
}

#[cfg(test)]
mod tests;
