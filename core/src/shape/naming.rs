//! Naming axes of a shape: by position, by name, or several in a tuple.
//!
//! What a call passes ([`Axis<I>`](Axis), an axis's own type, a tuple of them) is the `Self` of the
//! relations here: it is known when the compiler looks. It is looked up in the shape's list, which
//! is walked from the last axis; what is found is marked as [`Gone`], and [`Marked`] then removes
//! what is gone or puts another axis in its place. `How` parameters are inferred: they say where an
//! axis was found.

use super::{
    Axis, AxisArg, KnownAxes, KnownListOf, ListOf, ListTuple, Outward, Rank, Ranked, Shape, Tuple,
    TupleOf, kind,
};
use crate::axes::{AxisSet, MAX_RANK, PerAxis, pushed};
use crate::shape::{Extent, FromEnd, Last, Length, NamesAxis, One, StaticExtent};

/// A marked axis: a call has named it.
#[derive(Clone, Copy, Debug)]
pub struct Gone<A>(A);
impl<A> Gone<A> {
    /// The axis.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn axis(self) -> A {
        self.0
    }
}

// ---- finding one axis in a list ----------------------------------------------------------------------------------

/// Found by counting from the end.
#[derive(Debug)]
pub struct ByEnd;
/// Found by counting from the start.
#[derive(Debug)]
pub struct ByStart;
/// Found by its type.
#[derive(Debug)]
pub struct ByName;
/// Found further out.
#[derive(Debug)]
pub struct Further<How>(How);

/// The list has an axis, marked or not, at position `I`; `P` is the position of its last axis in
/// the whole shape `S`.
#[diagnostic::on_unimplemented(
    message = "axis {I} is out of range for shape `{S}`",
    label = "the shape has no axis {I}",
    note = "axes count from 0 at the left, or from -1 at the right",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait FindPosition<const I: isize, How, P, S> {
    /// What stands there.
    type Found;
    /// The list with [`Gone`] in its place.
    type Marked: Ranked;
    /// The position from the end, 0 for the last.
    const INDEX: usize;
    /// What stands there and the marked list, as values.
    fn find(self) -> (Self::Found, Self::Marked);
}
/// The list has the axis `Name`, marked or not; `P` is the position of its last axis in the whole
/// shape `S`.
#[diagnostic::on_unimplemented(
    message = "shape `{S}` has no axis `{Name}`",
    label = "no axis of the shape is this `{Name}`",
    note = "an axis is named by its position, `Axis::<0>`, by its own type, or several in a tuple",
    note = "an axis that the shape shows by the same name is another type: a generic parameter `T: Length` hides what `dim!(T)` declared, so call one of them otherwise",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait FindName<Name, How, P, S> {
    /// The axis, marked or not.
    type Found;
    /// The list with [`Gone`] in its place.
    type Marked: Ranked;
    /// `X`, which is looked at only where the list has the axis.
    type Then<X>;
    /// The position from the end, 0 for the last.
    const INDEX: usize;
    /// What was found and the marked list, as values.
    fn find(self) -> (Self::Found, Self::Marked);
}

#[diagnostic::do_not_recommend]
impl<L: Ranked, A: Copy, const I: isize, S> FindPosition<I, ByEnd, FromEnd<I>, S> for (L, A)
where
    FromEnd<I>: Outward,
{
    type Found = A;
    type Marked = (L, Gone<A>);
    const INDEX: usize = <FromEnd<I> as Outward>::INDEX;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn find(self) -> (A, (L, Gone<A>)) {
        (self.1, (self.0, Gone(self.1)))
    }
}
#[diagnostic::do_not_recommend]
impl<L: Ranked<Rank = Rank<I>>, A: Copy, const I: isize, P: Outward, S>
    FindPosition<I, ByStart, P, S> for (L, A)
{
    type Found = A;
    type Marked = (L, Gone<A>);
    const INDEX: usize = P::INDEX;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn find(self) -> (A, (L, Gone<A>)) {
        (self.1, (self.0, Gone(self.1)))
    }
}
#[diagnostic::do_not_recommend]
impl<L, A, const I: isize, How, P: Outward, S> FindPosition<I, Further<How>, P, S> for (L, A)
where
    L: FindPosition<I, How, P::Next, S>,
{
    type Found = L::Found;
    type Marked = (L::Marked, A);
    const INDEX: usize = L::INDEX;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn find(self) -> (L::Found, (L::Marked, A)) {
        let (found, marked) = self.0.find();
        (found, (marked, self.1))
    }
}
#[diagnostic::do_not_recommend]
impl<L: Ranked, Name: Length, P: Outward, S> FindName<Name, ByName, P, S> for (L, Name) {
    type Found = Name;
    type Marked = (L, Gone<Name>);
    type Then<X> = X;
    const INDEX: usize = P::INDEX;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn find(self) -> (Name, (L, Gone<Name>)) {
        (self.1, (self.0, Gone(self.1)))
    }
}
#[diagnostic::do_not_recommend]
impl<L: Ranked, Name: Length, P: Outward, S> FindName<Name, ByName, P, S> for (L, Gone<Name>) {
    type Found = Gone<Name>;
    type Marked = Self;
    type Then<X> = X;
    const INDEX: usize = P::INDEX;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn find(self) -> (Gone<Name>, Self) {
        (self.1, self)
    }
}
#[diagnostic::do_not_recommend]
impl<L, A, Name, How, P: Outward, S> FindName<Name, Further<How>, P, S> for (L, A)
where
    L: FindName<Name, How, P::Next, S>,
{
    type Found = L::Found;
    type Marked = (L::Marked, A);
    type Then<X> = L::Then<X>;
    const INDEX: usize = L::INDEX;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn find(self) -> (L::Found, (L::Marked, A)) {
        let (found, marked) = self.0.find();
        (found, (marked, self.1))
    }
}

/// What was found at a position is an axis, not marked yet.
#[diagnostic::on_unimplemented(
    message = "axis {I} of shape `{S}` is named twice",
    label = "axis {I} is named twice",
    note = "each axis is named once, from the left or from the right: of two axes, the last is `Axis::<1>` and `Axis::<-1>`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait PositionOnce<const I: isize, S> {
    /// The axis.
    type Axis: Extent;
    /// `X`, which is looked at only where this is an axis.
    type Then<X>;
    /// The axis, as a value.
    fn axis(self) -> Self::Axis;
}
/// What was found by its name is an axis, not marked yet.
#[diagnostic::on_unimplemented(
    message = "axis `{Name}` of shape `{S}` is named twice",
    label = "`{Name}` is named twice",
    note = "each axis is named once, by its position or by its name",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait NameOnce<Name, S> {
    /// The axis.
    type Axis: Extent;
    /// `X`, which is looked at only where this is an axis.
    type Then<X>;
    /// The axis, as a value.
    fn axis(self) -> Self::Axis;
}

/// Nothing is this.
pub trait Impossible: StaticExtent {}

// Of two impls that do not hold the compiler picks neither, so that what follows is unknown, and it
// has nothing to say of that.
macro_rules! once {
    ($trait:ident, $name:ident, [$($parameter:tt)*]) => {
        #[diagnostic::do_not_recommend]
        impl<A: Extent, $($parameter)*, S> $trait<$name, S> for A {
            type Axis = A;
            type Then<X> = X;
            #[cfg_attr(not(unoptimised), inline(always))]
            fn axis(self) -> A {
                self
            }
        }
        #[diagnostic::do_not_recommend]
        impl<A, $($parameter)*, S: Impossible> $trait<$name, S> for Gone<A> {
            type Axis = S;
            type Then<X> = X;
            #[cfg_attr(not(unoptimised), inline(always))]
            fn axis(self) -> S {
                S::VALUE
            }
        }
    };
}
once!(PositionOnce, I, [const I: isize]);
once!(NameOnce, Name, [Name]);

// ---- what a call passes ------------------------------------------------------------------------------------------

/// What names an axis in this way, `Which`, names one axis of the shape `S`, looked up in its list
/// `L`, in which others may be marked.
#[diagnostic::on_unimplemented(
    message = "one axis of shape `{S}` is asked for here",
    label = "expected `Axis::<0>`, or an axis's own name",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait FindAxis<Which, L, How, S> {
    /// The axis.
    type Found: Extent;
    /// The list with [`Gone`] in its place.
    type Marked;
    /// `X`, which is looked at only where the axis is found.
    type Then<X>;
    /// The position from the end, 0 for the last.
    const INDEX: usize;
    /// The axis and the marked list, as values.
    fn find(list: L) -> (Self::Found, Self::Marked);
}
impl<const I: isize, L, How, S> FindAxis<Axis<I>, L, How, S> for kind::Position
where
    L: FindPosition<I, How, Last, S, Found: PositionOnce<I, S>>,
{
    type Found = <L::Found as PositionOnce<I, S>>::Axis;
    type Marked = L::Marked;
    type Then<X> = <L::Found as PositionOnce<I, S>>::Then<X>;
    const INDEX: usize = L::INDEX;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn find(list: L) -> (Self::Found, L::Marked) {
        let (found, marked) = list.find();
        (found.axis(), marked)
    }
}
impl<Name: NamesAxis, L, How, S> FindAxis<Name, L, How, S> for kind::Name
where
    L: FindName<Name::Axis, How, Last, S, Found: NameOnce<Name::Axis, S>>,
{
    type Found = <L::Found as NameOnce<Name::Axis, S>>::Axis;
    type Marked = L::Marked;
    type Then<X> = <L::Found as NameOnce<Name::Axis, S>>::Then<L::Then<X>>;
    const INDEX: usize = L::INDEX;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn find(list: L) -> (Self::Found, L::Marked) {
        let (found, marked) = list.find();
        (found.axis(), marked)
    }
}

/// What names axes in this way, `Which`, names one axis, or several in a tuple, looked up in the
/// list `L` of the shape `S`, each once.
pub trait FindAxes<Which, L, How, S> {
    /// The axes in the order of the call, as a list.
    type Found;
    /// The list with [`Gone`] in their places.
    type Marked;
    /// The axes and the marked list, as values.
    fn find_all(list: L) -> (Self::Found, Self::Marked);
}
macro_rules! one_axis {
    ($kind:ident) => {
        impl<Which, L, How, S> FindAxes<Which, L, How, S> for kind::$kind
        where
            Self: FindAxis<Which, L, How, S>,
        {
            type Found = ((), <Self as FindAxis<Which, L, How, S>>::Found);
            type Marked = <Self as FindAxis<Which, L, How, S>>::Marked;
            #[cfg_attr(not(unoptimised), inline(always))]
            fn find_all(list: L) -> (Self::Found, Self::Marked) {
                let (found, marked) = <Self as FindAxis<Which, L, How, S>>::find(list);
                (((), found), marked)
            }
        }
    };
}
one_axis!(Position);
one_axis!(Name);
impl<Which: Tuple<List: FindListed<L, How, S>>, L, How, S> FindAxes<Which, L, How, S>
    for kind::Several
{
    type Found = <Which::List as FindListed<L, How, S>>::Found;
    type Marked = <Which::List as FindListed<L, How, S>>::Marked;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn find_all(list: L) -> (Self::Found, Self::Marked) {
        Which::List::find_all(list)
    }
}

/// Every axis of this list of axes is in the list `L`, each once.
pub trait FindListed<L, How, S> {
    /// The axes in the order of the call, as a list.
    type Found;
    /// The list with [`Gone`] in their places.
    type Marked;
    /// `X`, which is looked at only where all axes are found.
    type Then<X>;
    /// Their positions from the end, in the order of the call, the last first.
    const INDICES: PerAxis<usize>;
    /// The axes and the marked list, as values.
    fn find_all(list: L) -> (Self::Found, Self::Marked);
}
impl<L, S> FindListed<L, (), S> for () {
    type Found = ();
    type Marked = L;
    type Then<X> = X;
    const INDICES: PerAxis<usize> = [0; MAX_RANK];
    #[cfg_attr(not(unoptimised), inline(always))]
    fn find_all(list: L) -> ((), L) {
        ((), list)
    }
}
impl<L, Rest, Which: AxisArg, Hows, How, S> FindListed<L, (Hows, How), S> for (Rest, Which)
where
    Rest: FindListed<L, Hows, S>,
    Which::Kind: FindAxis<Which, Rest::Marked, How, S>,
{
    type Found = (Rest::Found, <Which::Kind as FindAxis<Which, Rest::Marked, How, S>>::Found);
    type Marked = <Which::Kind as FindAxis<Which, Rest::Marked, How, S>>::Marked;
    type Then<X> = <Which::Kind as FindAxis<Which, Rest::Marked, How, S>>::Then<Rest::Then<X>>;
    const INDICES: PerAxis<usize> =
        pushed(Rest::INDICES, <Which::Kind as FindAxis<Which, Rest::Marked, How, S>>::INDEX);
    #[cfg_attr(not(unoptimised), inline(always))]
    fn find_all(list: L) -> (Self::Found, Self::Marked) {
        let (rest, marked) = Rest::find_all(list);
        let (found, marked) = <Which::Kind as FindAxis<Which, Rest::Marked, How, S>>::find(marked);
        ((rest, found), marked)
    }
}

// ---- what becomes of marked axes -----------------------------------------------------------------------------------

/// A list with some axes marked as [`Gone`].
pub trait Marked: Copy {
    /// The list without the marked axes.
    type Removed;
    /// The list with `X` in the place of each marked axis.
    type Replaced<X: Extent>;
    /// Which axes are marked.
    const AXES: AxisSet;
    /// The list without the marked axes.
    fn removed(self) -> Self::Removed;
    /// The list with `axis` in the place of each marked axis.
    fn replaced<X: Extent>(self, axis: X) -> Self::Replaced<X>;
    /// `X` in the place of the last marked axis and [`One`] behind it, with nothing before.
    type Aligned<X: Extent>;
    /// `axis` in the place of the last marked axis and [`One`] behind it, with nothing before.
    fn aligned<X: Extent>(self, axis: X) -> Self::Aligned<X>;
}
impl Marked for () {
    type Removed = ();
    type Replaced<X: Extent> = ();
    const AXES: AxisSet = AxisSet(0);
    #[cfg_attr(not(unoptimised), inline(always))]
    fn removed(self) {}
    #[cfg_attr(not(unoptimised), inline(always))]
    fn replaced<X: Extent>(self, _: X) {}
    type Aligned<X: Extent> = ();
    #[cfg_attr(not(unoptimised), inline(always))]
    fn aligned<X: Extent>(self, _: X) {}
}
impl<L: Marked, A: Copy> Marked for (L, Gone<A>) {
    type Removed = L::Removed;
    type Replaced<X: Extent> = (L::Replaced<X>, X);
    const AXES: AxisSet = AxisSet(L::AXES.0 << 1 | 1);
    #[cfg_attr(not(unoptimised), inline(always))]
    fn removed(self) -> L::Removed {
        self.0.removed()
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn replaced<X: Extent>(self, axis: X) -> (L::Replaced<X>, X) {
        (self.0.replaced(axis), axis)
    }
    type Aligned<X: Extent> = ((), X);
    #[cfg_attr(not(unoptimised), inline(always))]
    fn aligned<X: Extent>(self, axis: X) -> ((), X) {
        ((), axis)
    }
}
impl<L: Marked, A: Extent> Marked for (L, A) {
    type Removed = (L::Removed, A);
    type Replaced<X: Extent> = (L::Replaced<X>, A);
    const AXES: AxisSet = AxisSet(L::AXES.0 << 1);
    #[cfg_attr(not(unoptimised), inline(always))]
    fn removed(self) -> (L::Removed, A) {
        (self.0.removed(), self.1)
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn replaced<X: Extent>(self, axis: X) -> (L::Replaced<X>, A) {
        (self.0.replaced(axis), self.1)
    }
    type Aligned<X: Extent> = (L::Aligned<X>, One);
    #[cfg_attr(not(unoptimised), inline(always))]
    fn aligned<X: Extent>(self, axis: X) -> (L::Aligned<X>, One) {
        (self.0.aligned(axis), One)
    }
}

// ---- the relations that calls ask for ------------------------------------------------------------------------------

// A kind is their `Self`: where what the call passes names no axis, it has no kind, and that is all
// the compiler says.

/// What names axes in this way, `Which`, names axes of the shape `S`; what removing them, or
/// keeping them as [`One`], gives.
pub trait AxesOf<Which, S, How> {
    /// The shape without the axes.
    type Removed: Shape;
    /// The shape with [`One`] in their places.
    type Kept: Shape;
    /// Which axes they are.
    const AXES: AxisSet;
    /// The shape without the axes, as a value.
    fn removed(shape: S) -> Self::Removed;
    /// The shape with [`One`] in their places, as a value.
    fn kept(shape: S) -> Self::Kept;
}
impl<Which, S: Shape, Kind, How> AxesOf<Which, S, How> for Kind
where
    ListOf<S>: KnownAxes<S>,
    Kind: FindAxes<
            Which,
            KnownListOf<S>,
            How,
            S,
            Marked: Marked<Removed: ListTuple, Replaced<One>: ListTuple>,
        >,
{
    type Removed = TupleOf<<Kind::Marked as Marked>::Removed>;
    type Kept = TupleOf<<Kind::Marked as Marked>::Replaced<One>>;
    const AXES: AxisSet = <Kind::Marked as Marked>::AXES;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn removed(shape: S) -> Self::Removed {
        Kind::find_all(shape.into_list().known()).1.removed().into_tuple()
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn kept(shape: S) -> Self::Kept {
        Kind::find_all(shape.into_list().known()).1.replaced(One).into_tuple()
    }
}

/// What names an axis in this way, `Which`, names one axis of the shape `S`, which can be of the
/// length `X` instead.
#[diagnostic::on_unimplemented(
    message = "one axis of shape `{S}` is asked for here",
    label = "expected `Axis::<0>`, or an axis's own name",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait ReplaceAxis<Which, S, How, X> {
    /// The axis.
    type Found: Extent;
    /// The shape with `X` in its place.
    type Output: Shape;
    /// The position from the end, 0 for the last.
    const INDEX: usize;
    /// The shape with `axis` in the place of the axis, as a value.
    fn replaced(shape: S, axis: X) -> Self::Output;
}
impl<Which, S: Shape, Kind, How, X: Extent> ReplaceAxis<Which, S, How, X> for Kind
where
    ListOf<S>: KnownAxes<S>,
    Kind: FindAxis<Which, KnownListOf<S>, How, S, Marked: Marked<Replaced<X>: ListTuple>>,
{
    type Found = Kind::Found;
    type Output = TupleOf<<Kind::Marked as Marked>::Replaced<X>>;
    const INDEX: usize = Kind::INDEX;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn replaced(shape: S, axis: X) -> Self::Output {
        Kind::find(shape.into_list().known()).1.replaced(axis).into_tuple()
    }
}
