//! Naming axes of a shape: by position, by name, or several in a tuple.
//!
//! A call passes [`Axis<I>`](Axis), an axis's own type, or a tuple of them, `Which`. These differ
//! in their kind (`AxisArg::Kind`), which the compiler knows without knowing the shape. So the
//! relations here are implemented for kinds:
//!
//! 1. [`FindAxis`] or [`FindAxes`] looks each named axis up in the shape's list, from the last axis
//!    outwards ([`FindPosition`], [`FindName`]).
//! 2. What is found is marked as [`Gone`], in the same list. An axis that is named twice is
//!    therefore found twice, and reported ([`PositionOnce`], [`NameOnce`]).
//! 3. [`Marked`] removes the marked axes, or puts another axis in their place.
//!
//! The compiler infers the `How` parameters: they say where in the list an axis was found.

use super::{
    Axis, AxisArg, KnownAxes, KnownListOf, ListOf, ListTuple, Ranked, Shape, Tuple, TupleOf, kind,
};
use crate::axes::{AxisSet, MAX_RANK, PerAxis, pushed};
use crate::shape::{Extent, Last, NamesAxis, One, StaticExtent};

mod marked;
mod search;

pub use marked::Marked;

/// An axis that a call has named, as marked in the list of a shape.
#[derive(Clone, Copy, Debug)]
pub struct Gone<A>(A);
impl<A> Gone<A> {
    /// The axis.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn axis(self) -> A {
        self.0
    }
}

// ---- finding one axis in a list -----------------------------------------------------------------

/// The axis was found by counting from the end.
#[derive(Debug)]
pub struct ByEnd;
/// The axis was found by counting from the start.
#[derive(Debug)]
pub struct ByStart;
/// The axis was found by its type.
#[derive(Debug)]
pub struct ByName;
/// The axis was found further out.
#[derive(Debug)]
pub struct Further<How>(How);

/// The list has an axis, marked or not, at position `I`. `P` is the position of the list's last
/// axis in the whole shape `S`.
#[diagnostic::on_unimplemented(
    message = "axis {I} is out of range for shape `{S}`",
    label = "the shape has no axis {I}",
    note = "axes count from 0 at the left, or from -1 at the right",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait FindPosition<const I: isize, How, P, S> {
    /// The axis at that position, marked or not.
    type Found;
    /// The list with the axis marked as [`Gone`].
    type Marked: Ranked;
    /// The position from the end, 0 for the last.
    const INDEX: usize;
    /// The axis and the marked list, as values.
    fn find(self) -> (Self::Found, Self::Marked);
}
/// The list has the axis `Name`, marked or not. `P` is the position of the list's last axis in the
/// whole shape `S`.
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
    /// The list with the axis marked as [`Gone`].
    type Marked: Ranked;
    /// `X` itself, resolved only where the list has the axis.
    type Then<X>;
    /// The position from the end, 0 for the last.
    const INDEX: usize;
    /// The axis and the marked list, as values.
    fn find(self) -> (Self::Found, Self::Marked);
}

/// The axis found at a position is not marked yet.
#[diagnostic::on_unimplemented(
    message = "axis {I} of shape `{S}` is named twice",
    label = "axis {I} is named twice",
    note = "each axis is named once, from the left or from the right: of two axes, the last is `Axis::<1>` and `Axis::<-1>`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait PositionOnce<const I: isize, S> {
    /// The axis.
    type Axis: Extent;
    /// `X` itself, resolved only where this is an axis that is not marked.
    type Then<X>;
    /// The axis, as a value.
    fn axis(self) -> Self::Axis;
}
/// The axis found by its name is not marked yet.
#[diagnostic::on_unimplemented(
    message = "axis `{Name}` of shape `{S}` is named twice",
    label = "`{Name}` is named twice",
    note = "each axis is named once, by its position or by its name",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait NameOnce<Name, S> {
    /// The axis.
    type Axis: Extent;
    /// `X` itself, resolved only where this is an axis that is not marked.
    type Then<X>;
    /// The axis, as a value.
    fn axis(self) -> Self::Axis;
}

/// Nothing implements this.
pub trait Impossible: StaticExtent {}

// With two impls, neither of which holds, the compiler picks none. What follows is then unknown,
// and the compiler reports nothing about it.
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

// ---- what a call passes -------------------------------------------------------------------------

/// `Which`, an argument of this kind, names one axis of the shape `S`. It is looked up in the list
/// `L` of the shape, in which other axes may be marked already.
#[diagnostic::on_unimplemented(
    message = "one axis of shape `{S}` is asked for here",
    label = "expected `Axis::<0>`, or an axis's own name",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait FindAxis<Which, L, How, S> {
    /// The axis.
    type Found: Extent;
    /// The list with the axis marked as [`Gone`].
    type Marked;
    /// `X` itself, resolved only where the axis is found.
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

/// `Which`, an argument of this kind, names one axis or, as a tuple, several, each once. They are
/// looked up in the list `L` of the shape `S`.
pub trait FindAxes<Which, L, How, S> {
    /// The axes in the order of the call, as a list.
    type Found;
    /// The list with the axes marked as [`Gone`].
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

/// Every axis that this list names is in the list `L`, each once.
pub trait FindListed<L, How, S> {
    /// The axes in the order of the call, as a list.
    type Found;
    /// The list with the axes marked as [`Gone`].
    type Marked;
    /// `X` itself, resolved only where all axes are found.
    type Then<X>;
    /// The positions of the axes from the end, in the order of the call, the last first.
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

// ---- the relations that calls ask for -----------------------------------------------------------

// `Self` is a kind: an argument that names no axis has no kind, and the compiler reports only that.

/// `Which`, an argument of this kind, names axes of the shape `S`, which can be removed, or kept as
/// [`One`].
pub trait AxesOf<Which, S, How> {
    /// The shape without the axes.
    type Removed: Shape;
    /// The shape with [`One`] in the places of the axes.
    type Kept: Shape;
    /// The named axes.
    const AXES: AxisSet;
    /// The shape without the axes, as a value.
    fn removed(shape: S) -> Self::Removed;
    /// The shape with [`One`] in the places of the axes, as a value.
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

/// `Which`, an argument of this kind, names one axis of the shape `S`, which can be replaced by the
/// length `X`.
#[diagnostic::on_unimplemented(
    message = "one axis of shape `{S}` is asked for here",
    label = "expected `Axis::<0>`, or an axis's own name",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait ReplaceAxis<Which, S, How, X> {
    /// The axis.
    type Found: Extent;
    /// The shape with `X` in the place of the axis.
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
