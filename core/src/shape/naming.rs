//! How a call names axes of a shape: by position, by name, or several in a tuple.
//!
//! The argument of a call has the type `Which`: [`Axis<I>`](Axis), the type of an axis, or a tuple
//! of such types. The kind of the argument (`AxisArg::Kind`) says which of the three the type is.
//! The compiler knows the kind even before it knows the shape, so the relations in this file are
//! implemented for kinds:
//!
//! 1. [`FindAxis`] or [`FindAxes`] searches the shape's list for each named axis, from the last
//!    axis to the first ([`FindPosition`], [`FindName`]).
//! 2. An axis that is found is marked as [`Gone`] in the list, and the next search uses the marked
//!    list. So if an axis is named twice, the second search finds a marked axis, which is an error
//!    ([`PositionOnce`], [`NameOnce`]).
//! 3. [`Marked`] removes the marked axes, or puts another axis in the place of each.
//!
//! The compiler infers the `How` parameters, which say where in the list an axis was found.

use super::{
    Axis, AxisArg, KnownAxes, KnownListOf, ListOf, ListTuple, Ranked, Shape, Tuple, TupleOf, kind,
};
use crate::axes::{AxisSet, MAX_RANK, PerAxis, pushed};
use crate::shape::{Extent, Last, NamesAxis, One, StaticExtent};

mod marked;
mod search;

pub use marked::Marked;

/// Marks an axis that a call has named: in the list of the shape, `Gone<A>` stands in the place of
/// `A`.
#[derive(Clone, Copy, Debug)]
pub struct Gone<A>(A);
impl<A> Gone<A> {
    /// The named axis.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn axis(self) -> A {
        self.0
    }
}

// ---- finding one axis in a list -----------------------------------------------------------------

/// The parameter `How` where the search for the position `I` ends: the list's last axis is at `I`,
/// which counts from the end.
#[derive(Debug)]
pub struct ByEnd;
/// The parameter `How` where the search for the position `I` ends: the list's last axis is at `I`,
/// which counts from the start.
#[derive(Debug)]
pub struct ByStart;
/// The parameter `How` where the search for the axis `Name` ends: the list's last axis is `Name`,
/// marked or not.
#[derive(Debug)]
pub struct ByName;
/// The parameter `How` where the search goes on: the list's last axis is not the one that is
/// searched for. The inner `How` says how that axis is found in the list without its last axis.
#[derive(Debug)]
pub struct Further<How>(How);

/// The list `Self` has an axis, marked or not, at position `I` of the shape `S`. `Self` is the list
/// of `S`, possibly without some of the last axes, since the search removes one axis after another
/// from the end. `P` is the position in `S` of the last axis of `Self`.
#[diagnostic::on_unimplemented(
    message = "axis {I} is out of range for shape `{S}`",
    label = "the shape has no axis {I}",
    note = "axes count from 0 at the left, or from -1 at the right",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait FindPosition<const I: isize, How, P, S> {
    /// The axis at position `I`: `A`, or `Gone<A>` if it is marked.
    type Found;
    /// The list with the found axis marked as [`Gone`].
    type Marked: Ranked;
    /// The position of the axis in the shape `S` (0 is the last axis).
    const INDEX: usize;
    /// The found axis and the marked list, as values.
    fn find(self) -> (Self::Found, Self::Marked);
}
/// The list `Self` has the axis `Name`, marked or not. `Self` is the list of the shape `S`,
/// possibly without some of the last axes, since the search removes one axis after another from the
/// end. `P` is the position in `S` of the last axis of `Self`.
#[diagnostic::on_unimplemented(
    message = "shape `{S}` has no axis `{Name}`",
    label = "no axis of the shape is this `{Name}`",
    note = "an axis is named by its position, `Axis::<0>`, by its own type, or several in a tuple",
    note = "an axis that the shape shows by the same name is another type: a generic parameter `T: Length` hides what `dim!(T)` declared, so call one of them otherwise",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait FindName<Name, How, P, S> {
    /// The axis: `Name`, or `Gone<Name>` if it is marked.
    type Found;
    /// The list with the found axis marked as [`Gone`].
    type Marked: Ranked;
    /// Always `X`, but the compiler can resolve this type only if the list has the axis `Name`. If
    /// not, the compiler reports one error, and checks nothing that depends on this type.
    type Then<X>;
    /// The position of the axis in the shape `S` (0 is the last axis).
    const INDEX: usize;
    /// The found axis and the marked list, as values.
    fn find(self) -> (Self::Found, Self::Marked);
}

/// Implemented for an axis that was found at position `I`, if it is not marked yet.
#[diagnostic::on_unimplemented(
    message = "axis {I} of shape `{S}` is named twice",
    label = "axis {I} is named twice",
    note = "each axis is named once, from the left or from the right: of two axes, the last is `Axis::<1>` and `Axis::<-1>`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait PositionOnce<const I: isize, S> {
    /// The named axis.
    type Axis: Extent;
    /// Always `X`, but the compiler can resolve this type only if `Self` is an axis that is not
    /// marked. If not, the compiler reports one error, and checks nothing that depends on this
    /// type.
    type Then<X>;
    /// The axis, as a value.
    fn axis(self) -> Self::Axis;
}
/// Implemented for an axis that was found by the name `Name`, if it is not marked yet.
#[diagnostic::on_unimplemented(
    message = "axis `{Name}` of shape `{S}` is named twice",
    label = "`{Name}` is named twice",
    note = "each axis is named once, by its position or by its name",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait NameOnce<Name, S> {
    /// The named axis.
    type Axis: Extent;
    /// Always `X`, but the compiler can resolve this type only if `Self` is an axis that is not
    /// marked. If not, the compiler reports one error, and checks nothing that depends on this
    /// type.
    type Then<X>;
    /// The axis, as a value.
    fn axis(self) -> Self::Axis;
}

/// A bound that no type satisfies.
pub trait Impossible: StaticExtent {}

// The second impl, for `Gone`, never applies, because no type is `Impossible`. But as there are two
// impls, the compiler does not choose the first one for a marked axis. So the compiler can resolve
// neither `Axis` nor `Then` for a marked axis, and reports no further errors about their use.
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

/// `Which`, an argument whose `AxisArg::Kind` is `Self`, names one axis of the shape `S`. `L` is
/// the list of `S`, in which other axes may be marked already.
#[diagnostic::on_unimplemented(
    message = "one axis of shape `{S}` is asked for here",
    label = "expected `Axis::<0>`, or an axis's own name",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait FindAxis<Which, L, How, S> {
    /// The named axis.
    type Found: Extent;
    /// The list with the found axis marked as [`Gone`].
    type Marked;
    /// Always `X`, but the compiler can resolve this type only if the axis is found, and not marked
    /// yet. If not, the compiler reports one error, and checks nothing that depends on this type.
    type Then<X>;
    /// The position of the axis in the shape `S` (0 is the last axis).
    const INDEX: usize;
    /// The found axis and the marked list, as values.
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

/// `Which`, an argument whose `AxisArg::Kind` is `Self`, names one axis of the shape `S` or, as a
/// tuple, several axes, each once. `L` is the list of `S`.
pub trait FindAxes<Which, L, How, S> {
    /// The named axes in the order of the call, as a list.
    type Found;
    /// The list `L` with the named axes marked as [`Gone`].
    type Marked;
    /// The named axes and the marked list, as values.
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

/// `Self` is a list of arguments, such as `Axis<0>`. Each argument names a different axis of `L`,
/// the list of the shape `S`.
pub trait FindListed<L, How, S> {
    /// The named axes in the order of the call, as a list.
    type Found;
    /// The list `L` with the named axes marked as [`Gone`].
    type Marked;
    /// Always `X`, but the compiler can resolve this type only if all named axes are found. If not,
    /// the compiler reports one error, and checks nothing that depends on this type.
    type Then<X>;
    /// The position of each named axis in the shape `S` (0 is the last axis). Entry 0 is for the
    /// axis that the call names last.
    const INDICES: PerAxis<usize>;
    /// The named axes and the marked list, as values.
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

// In `AxesOf` and `ReplaceAxis`, `Self` is the kind of the argument. A type that names no axis has
// no kind, so the only error for such a type is that it names no axis.

/// `Which`, an argument whose `AxisArg::Kind` is `Self`, names axes of the shape `S`. They can be
/// removed, or replaced by [`One`].
pub trait AxesOf<Which, S, How> {
    /// The shape without the named axes.
    type Removed: Shape;
    /// The shape with [`One`] in the place of each named axis.
    type Kept: Shape;
    /// The named axes.
    const AXES: AxisSet;
    /// The shape without the named axes, as a value.
    fn removed(shape: S) -> Self::Removed;
    /// The shape with [`One`] in the place of each named axis, as a value.
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

/// `Which`, an argument whose `AxisArg::Kind` is `Self`, names one axis of the shape `S`, which can
/// be replaced by the axis `X`.
#[diagnostic::on_unimplemented(
    message = "one axis of shape `{S}` is asked for here",
    label = "expected `Axis::<0>`, or an axis's own name",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait ReplaceAxis<Which, S, How, X> {
    /// The named axis.
    type Found: Extent;
    /// The shape with `X` in the place of the named axis.
    type Output: Shape;
    /// The position of the axis in the shape `S` (0 is the last axis).
    const INDEX: usize;
    /// `shape` with `axis` in the place of the named axis.
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
