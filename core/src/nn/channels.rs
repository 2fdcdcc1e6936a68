//! The data that layers over channels take: `(n, c)`, `(n, c, l)`, `(n, c, h, w)` or `(n, c, d, h, w)`, and what is
//! said of other data.
//!
//! A shape is asked three things in turn, each only where the one before holds, so that a mistake
//! is one error: whether it has as many axes ([`DataRank`]), whether axis 1 is a length
//! ([`ChannelLength`]), and whether it is that of the layer ([`ChannelAxis`]).

use crate::axes::AxisSet;
use crate::shape::{Extent, Impossible, Length, One, Shape};

/// A shape of as many axes as batch norm takes: `(n, c)`, `(n, c, l)`, `(n, c, h, w)` or `(n, c, d, h, w)`.
pub trait DataRank: Shape {
    /// Axis 1.
    type Channels: Extent;
    /// The shape of a statistic, aligned with the data: `(c,)`, `(c, 1)` and so on.
    type Aligned<C: Length>: Shape;
    /// How many axes follow the channels.
    const BEHIND: usize;
    /// The axes that statistics are taken over: all but the channels.
    const REDUCED: AxisSet;
    /// Axis 1, as a value.
    fn channels(self) -> Self::Channels;
    /// The shape of a statistic, aligned with the data, as a value.
    fn aligned<C: Length>(channels: C) -> Self::Aligned<C>;
}
macro_rules! data_rank {
    ($([$($behind:ident)*] $count:literal $reduced:literal ($($one:ident),*);)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<N: Extent, A: Extent, $($behind: Extent),*> DataRank for (N, A, $($behind),*) {
            type Channels = A;
            type Aligned<C: Length> = (C, $($one),*);
            const BEHIND: usize = $count;
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

/// Axis 1 of data of shape `S` is a length. It is asked before the number of channels is compared,
/// or found.
#[diagnostic::on_unimplemented(
    message = "BatchNorm cannot take data of shape `{S}`: axis 1, the channels, is {Self}, which is not a length",
    label = "the channels do not stretch",
    note = "a literal 1 of `shape!` is `One`, which stretches; one channel is `{{1}}`: `shape![8, {{1}}, 28, 28]`, which `x.rename::<..>()` makes of it; a generic axis needs `C: Length`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait ChannelLength<S>: Extent {
    /// `X`, which is looked at only where the axis is a length.
    type Then<X>;
    /// `X`, as a value.
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
// Of two impls that do not hold the compiler picks neither: then the number of channels is unknown,
// and no further error.
#[diagnostic::do_not_recommend]
impl<S: Impossible> ChannelLength<S> for One {
    type Then<X> = X;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn then<X>(x: X) -> X {
        x
    }
}

/// Axis 1 of data of shape `S` has `C` channels.
#[diagnostic::on_unimplemented(
    message = "BatchNorm over {C} cannot take data of shape `{S}`: axis 1 is {Self}, not {C}",
    label = "expected data of `(n, c)`, `(n, c, l)`, `(n, c, h, w)` or `(n, c, d, h, w)` with c = {C}",
    note = "the channels are axis 1; to move another axis there write `.permute_dims(..)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait ChannelAxis<C, S> {
    /// The axis.
    fn axis(self) -> C;
}
#[diagnostic::do_not_recommend]
impl<C, S> ChannelAxis<C, S> for C {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn axis(self) -> C {
        self
    }
}

/// Data of this shape has `C` channels. The message is for what lacks [`DataRank`]: of two traits
/// of one type the compiler says what the first is asked for.
#[diagnostic::on_unimplemented(
    message = "BatchNorm cannot take data of shape `{Self}`: it takes 2 to 5 axes",
    label = "expected data of `(n, c)`, `(n, c, l)`, `(n, c, h, w)` or `(n, c, d, h, w)`",
    note = "the channels are axis 1; a batch of one is made by `.expand_dims(Axis::<0>)`, one axis of several behind the channels by `.reshape_to(shape)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait DataOf<C>: Shape {
    /// The shape of a statistic, aligned with the data.
    type Aligned: Shape;
    /// How many axes follow the channels.
    const BEHIND: usize;
    /// The axes that statistics are taken over: all but the channels.
    const REDUCED: AxisSet;
    /// The axis of channels.
    fn channels(self) -> C;
    /// The shape of a statistic, aligned with the data, as a value.
    fn aligned(self) -> Self::Aligned;
}
impl<S: DataRank<Channels: ChannelLength<S>>, C: Length> DataOf<C> for S
where
    Known<S>: ChannelAxis<C, S>,
{
    type Aligned = S::Aligned<C>;
    const BEHIND: usize = S::BEHIND;
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
/// The axis of channels of `S`, which is looked at only where it is a length.
type Known<S> = <<S as DataRank>::Channels as ChannelLength<S>>::Then<<S as DataRank>::Channels>;

/// [`DataOf`], asked of the number of channels: where it is not known, since the statistics of that
/// data could not be taken, the compiler has nothing to say of what is normalised with them.
pub trait Normalizes<S> {
    /// The shape of a statistic, aligned with the data.
    type Aligned: Shape;
    /// How many axes follow the channels.
    const BEHIND: usize;
    /// The axis of channels.
    fn channels(shape: S) -> Self;
    /// The shape of a statistic, aligned with the data, as a value.
    fn aligned(shape: S) -> Self::Aligned;
}
impl<C, S: DataOf<C>> Normalizes<S> for C {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn channels(shape: S) -> C {
        shape.channels()
    }
    type Aligned = S::Aligned;
    const BEHIND: usize = S::BEHIND;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn aligned(shape: S) -> S::Aligned {
        shape.aligned()
    }
}
