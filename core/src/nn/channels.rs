//! The data that batch norm takes, `(n, c)`, `(n, c, l)`, `(n, c, h, w)` or `(n, c, d, h, w)`, and
//! the error messages for other data.
//!
//! Three relations are checked in turn, each only if the relation before it holds, so that one
//! mistake is one error:
//!
//! 1. [`DataRank`]: the shape has 2 to 5 axes.
//! 2. [`ChannelLength`]: axis 1 is a length, not `One`.
//! 3. [`ChannelAxis`]: axis 1 is the number of channels of the layer.

use crate::axes::AxisSet;
use crate::shape::{Extent, Impossible, Length, One, Shape};

/// A shape with the number of axes that batch norm takes: `(n, c)`, `(n, c, l)`, `(n, c, h, w)` or
/// `(n, c, d, h, w)`.
pub trait DataRank: Shape {
    /// The axis of channels, axis 1.
    type Channels: Extent;
    /// The shape of a statistic `(c,)` with an axis of `One` appended for each axis after the
    /// channels, so that it broadcasts to the data.
    type Aligned<C: Length>: Shape;
    /// The number of axes after the channels.
    const AXES_AFTER: usize;
    /// The axes over which statistics are computed: all but the channels.
    const REDUCED: AxisSet;
    /// The axis of channels, as a value.
    fn channels(self) -> Self::Channels;
    /// The shape `Aligned`, as a value.
    fn aligned<C: Length>(channels: C) -> Self::Aligned<C>;
}
macro_rules! data_rank {
    ($([$($after:ident)*] $count:literal $reduced:literal ($($one:ident),*);)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<N: Extent, A: Extent, $($after: Extent),*> DataRank for (N, A, $($after),*) {
            type Channels = A;
            type Aligned<C: Length> = (C, $($one),*);
            const AXES_AFTER: usize = $count;
            const REDUCED: AxisSet = AxisSet($reduced);
            #[cfg_attr(not(unoptimised), inline(always))]
            fn channels(self) -> A {
                self.1
            }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn aligned<C: Length>(channels: C) -> Self::Aligned<C> {
                (channels, $($one),*)
            }
        }
    )*};
}
data_rank! {
    [] 0 0b10 ();
    [L] 1 0b101 (One);
    [H W] 2 0b1011 (One, One);
    [D H W] 3 0b10111 (One, One, One);
}

/// `Self`, axis 1 of data of shape `S`, is a [`Length`] and not [`One`]. The compiler checks this
/// before it compares or infers the number of channels.
#[diagnostic::on_unimplemented(
    message = "BatchNorm cannot take data of shape `{S}`: axis 1, the channels, is {Self}, which is not a length",
    label = "the channels do not stretch",
    note = "a literal 1 of `shape!` is `One`, which stretches; one channel is `{{1}}`: `shape![8, {{1}}, 28, 28]`, which `x.rename::<..>()` makes of it; a generic axis needs `C: Length`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait ChannelLength<S>: Extent {
    /// Always `X`. But the compiler can resolve this type only if the axis is a length, so that a
    /// mistake is reported once.
    type Then<X>;
    /// Returns `x`, as a value of the type `Then<X>`.
    fn then<X>(x: X) -> Self::Then<X>;
}
#[diagnostic::do_not_recommend]
impl<D: Length, S> ChannelLength<S> for D {
    type Then<X> = X;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn then<X>(x: X) -> X {
        x
    }
}
// This impl never applies, because nothing implements `Impossible`. Without this impl the impl for
// `D` would be the only candidate, and the compiler would resolve `Then` by that impl even for
// `One`. With two candidates the compiler picks neither: the number of channels stays unknown, and
// no further error follows.
#[diagnostic::do_not_recommend]
impl<S: Impossible> ChannelLength<S> for One {
    type Then<X> = X;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn then<X>(x: X) -> X {
        x
    }
}

/// `Self`, axis 1 of data of shape `S`, is the channels `C`.
#[diagnostic::on_unimplemented(
    message = "BatchNorm over {C} cannot take data of shape `{S}`: axis 1 is {Self}, not {C}",
    label = "expected data of `(n, c)`, `(n, c, l)`, `(n, c, h, w)` or `(n, c, d, h, w)` with c = {C}",
    note = "the channels are axis 1; to move another axis there write `.permute_dims(..)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait ChannelAxis<C, S> {
    /// The axis, as a value of the type `C`.
    fn axis(self) -> C;
}
#[diagnostic::do_not_recommend]
impl<C, S> ChannelAxis<C, S> for C {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn axis(self) -> C {
        self
    }
}

/// Data of this shape has `C` channels. The message of this trait is also printed if [`DataRank`]
/// fails: if one type lacks two traits, the compiler prints the message of the trait that the call
/// requires.
#[diagnostic::on_unimplemented(
    message = "BatchNorm cannot take data of shape `{Self}`: it takes 2 to 5 axes",
    label = "expected data of `(n, c)`, `(n, c, l)`, `(n, c, h, w)` or `(n, c, d, h, w)`",
    note = "the channels are axis 1; a batch of one is made by `.expand_dims(Axis::<0>)`, one axis of several behind the channels by `.reshape_to(shape)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait DataOf<C>: Shape {
    /// The shape of a statistic `(c,)` with an axis of `One` appended for each axis after the
    /// channels, so that it broadcasts to the data.
    type Aligned: Shape;
    /// The number of axes after the channels.
    const AXES_AFTER: usize;
    /// The axes over which statistics are computed: all but the channels.
    const REDUCED: AxisSet;
    /// The axis of channels.
    fn channels(self) -> C;
    /// The shape `Aligned`, as a value.
    fn aligned(self) -> Self::Aligned;
}
impl<S: DataRank<Channels: ChannelLength<S>>, C: Length> DataOf<C> for S
where
    Known<S>: ChannelAxis<C, S>,
{
    type Aligned = S::Aligned<C>;
    const AXES_AFTER: usize = S::AXES_AFTER;
    const REDUCED: AxisSet = S::REDUCED;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn channels(self) -> C {
        S::Channels::then(DataRank::channels(self)).axis()
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn aligned(self) -> S::Aligned<C> {
        <S as DataRank>::aligned(DataOf::channels(self))
    }
}
/// The axis of channels of `S`, as a type that the compiler can resolve only if this axis is a
/// length.
type Known<S> = <<S as DataRank>::Channels as ChannelLength<S>>::Then<<S as DataRank>::Channels>;

/// [`DataOf`] with its parameters swapped: `Self` is the axis of channels. If an earlier call that
/// computes statistics does not compile, the type of that axis is unknown. The compiler then
/// reports only that call, because it checks no bound on an unknown `Self`.
pub trait Normalizes<S> {
    /// The shape of a statistic `(c,)` with an axis of `One` appended for each axis after the
    /// channels, so that it broadcasts to the data.
    type Aligned: Shape;
    /// The number of axes after the channels.
    const AXES_AFTER: usize;
    /// The axis of channels.
    fn channels(shape: S) -> Self;
    /// The shape `Aligned`, as a value.
    fn aligned(shape: S) -> Self::Aligned;
}
impl<C, S: DataOf<C>> Normalizes<S> for C {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn channels(shape: S) -> C {
        shape.channels()
    }
    type Aligned = S::Aligned;
    const AXES_AFTER: usize = S::AXES_AFTER;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn aligned(shape: S) -> S::Aligned {
        shape.aligned()
    }
}
