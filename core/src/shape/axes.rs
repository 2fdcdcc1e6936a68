//! Naming axes of a shape: by position, by name, or several in a tuple.
//!
//! [`FindAxis`] walks the list from the last axis and marks the axis it finds as [`Gone`]; [`Marked`] then removes what is
//! gone or puts another axis in its place. `How` parameters are inferred: they say where the axis was found.

use super::{ListOf, ListTuple, MAX_RANK, Outward, Rank, Ranked, Shape, Tuple, TupleOf};
use crate::dim::{Extent, Length, One};
use crate::shape::{FromEnd, PerAxis, pushed};

/// An axis by position: `Axis::<0>` is the first, `Axis::<-1>` the last.
///
/// ```
/// use shapewright::{prelude::*, tensor};
/// let x = tensor![[1.0, 2.0], [3.0, 6.0]];
/// assert_eq!(x.sum_axis(Axis::<0>).to_tensor(), tensor![4.0, 8.0]);
/// assert_eq!(x.sum_axis(Axis::<-1>).to_tensor(), tensor![3.0, 9.0]);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Axis<const I: isize>;

/// Which way an argument names an axis.
pub mod kind {
    /// By position: `Axis<I>`.
    #[derive(Debug)]
    pub struct Position;
    /// By the axis's own type: `Batch`.
    #[derive(Debug)]
    pub struct Name;
    /// Several, in a tuple.
    #[derive(Debug)]
    pub struct Several;
}

/// What can stand for an axis in a call: [`Axis<I>`](Axis), a length's own name, or a tuple of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not name an axis",
    label = "expected `Axis::<0>`, an axis's own name, or a tuple of them",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait AxisArg {
    /// Which way it names the axis.
    type Kind;
}
impl<const I: isize> AxisArg for Axis<I> {
    type Kind = kind::Position;
}
#[diagnostic::do_not_recommend]
impl<D: Length> AxisArg for D {
    type Kind = kind::Name;
}

/// The axes of a shape that a call is about, one bit an axis; bit 0 is the last axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AxisSet(pub u8);

impl AxisSet {
    /// Every axis.
    pub const ALL: Self = Self(u8::MAX);

    /// Whether the axis `k`, counted from the last, is in the set.
    #[inline(always)]
    pub const fn contains(self, k: usize) -> bool {
        self.0 >> k & 1 == 1
    }
}

/// A marked axis: a call has named it.
#[derive(Clone, Copy, Debug)]
pub struct Gone;

// ---- finding one axis --------------------------------------------------------------------------------------------

/// The list has the axis `Which`, `P` being the position of its last axis in the whole shape `S`.
#[diagnostic::on_unimplemented(
    message = "shape `{S}` has no axis `{Which}`",
    label = "no axis of the shape is `{Which}`",
    note = "an axis is named by its position, `Axis::<0>`, by its own type, or several in a tuple",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait FindAxis<Which, How, P, S> {
    /// The axis.
    type Found: Extent;
    /// The list with [`Gone`] in its place.
    type Marked: Ranked;
    /// The position from the end, 0 for the last.
    const INDEX: usize;
    /// The axis and the marked list, as values.
    fn find(self) -> (Self::Found, Self::Marked);
}

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

macro_rules! found_here {
    ($p:ty) => {
        type Found = A;
        type Marked = (L, Gone);
        const INDEX: usize = <$p as Outward>::INDEX;
        #[inline(always)]
        fn find(self) -> (A, (L, Gone)) {
            (self.1, (self.0, Gone))
        }
    };
}
#[diagnostic::do_not_recommend]
impl<L: Ranked, A: Extent, const I: isize, S> FindAxis<Axis<I>, ByEnd, FromEnd<I>, S> for (L, A)
where
    FromEnd<I>: Outward,
{
    found_here!(FromEnd<I>);
}
#[diagnostic::do_not_recommend]
impl<L: Ranked<Rank = Rank<I>>, A: Extent, const I: isize, P: Outward, S> FindAxis<Axis<I>, ByStart, P, S>
    for (L, A)
{
    found_here!(P);
}
#[diagnostic::do_not_recommend]
impl<L: Ranked, A: Length, P: Outward, S> FindAxis<A, ByName, P, S> for (L, A) {
    found_here!(P);
}
#[diagnostic::do_not_recommend]
impl<L, A, Which, How, P: Outward, S> FindAxis<Which, Further<How>, P, S> for (L, A)
where
    L: FindAxis<Which, How, P::Next, S>,
{
    type Found = L::Found;
    type Marked = (L::Marked, A);
    const INDEX: usize = L::INDEX;
    #[inline(always)]
    fn find(self) -> (L::Found, (L::Marked, A)) {
        let (found, marked) = self.0.find();
        (found, (marked, self.1))
    }
}

/// Every axis of this list of axes is in the list `L`, each once.
///
/// The list of axes is `Self`, so that nothing recurses while the compiler does not know it yet.
pub trait FindAxes<L, How, S> {
    /// The axes in the order of the call, as a list.
    type Found;
    /// The list with [`Gone`] in their places.
    type Marked;
    /// Their positions from the end, in the order of the call, the last first.
    const INDICES: PerAxis<usize>;
    /// The axes and the marked list, as values.
    fn find_all(list: L) -> (Self::Found, Self::Marked);
}
impl<L, S> FindAxes<L, (), S> for () {
    type Found = ();
    type Marked = L;
    const INDICES: PerAxis<usize> = [0; MAX_RANK];
    #[inline(always)]
    fn find_all(list: L) -> ((), L) {
        ((), list)
    }
}
#[diagnostic::do_not_recommend]
impl<L, Rest, Which, Hows, How, S> FindAxes<L, (Hows, How), S> for (Rest, Which)
where
    Rest: FindAxes<L, Hows, S>,
    Rest::Marked: FindAxis<Which, How, FromEnd<-1>, S>,
{
    type Found = (Rest::Found, <Rest::Marked as FindAxis<Which, How, FromEnd<-1>, S>>::Found);
    type Marked = <Rest::Marked as FindAxis<Which, How, FromEnd<-1>, S>>::Marked;
    const INDICES: PerAxis<usize> =
        pushed(Rest::INDICES, <Rest::Marked as FindAxis<Which, How, FromEnd<-1>, S>>::INDEX);
    #[inline(always)]
    fn find_all(list: L) -> (Self::Found, Self::Marked) {
        let (rest, marked) = Rest::find_all(list);
        let (found, marked) = marked.find();
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
}
impl Marked for () {
    type Removed = ();
    type Replaced<X: Extent> = ();
    const AXES: AxisSet = AxisSet(0);
    #[inline(always)]
    fn removed(self) {}
    #[inline(always)]
    fn replaced<X: Extent>(self, _: X) {}
}
impl<L: Marked> Marked for (L, Gone) {
    type Removed = L::Removed;
    type Replaced<X: Extent> = (L::Replaced<X>, X);
    const AXES: AxisSet = AxisSet(L::AXES.0 << 1 | 1);
    #[inline(always)]
    fn removed(self) -> L::Removed {
        self.0.removed()
    }
    #[inline(always)]
    fn replaced<X: Extent>(self, axis: X) -> (L::Replaced<X>, X) {
        (self.0.replaced(axis), axis)
    }
}
impl<L: Marked, A: Extent> Marked for (L, A) {
    type Removed = (L::Removed, A);
    type Replaced<X: Extent> = (L::Replaced<X>, A);
    const AXES: AxisSet = AxisSet(L::AXES.0 << 1);
    #[inline(always)]
    fn removed(self) -> (L::Removed, A) {
        (self.0.removed(), self.1)
    }
    #[inline(always)]
    fn replaced<X: Extent>(self, axis: X) -> (L::Replaced<X>, A) {
        (self.0.replaced(axis), self.1)
    }
}

// ---- the relations that calls ask for ------------------------------------------------------------------------------

/// The axis is one of the shape `S`: its position `I` is in range.
///
/// Implemented for the axis, not the shape: the compiler takes the message of the trait that a call asks for where that is for
/// the same type.
#[diagnostic::on_unimplemented(
    message = "axis {I} is out of range for shape `{S}`",
    label = "the shape has no axis {I}",
    note = "axes count from 0 at the left, or from -1 at the right",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait InRange<const I: isize, S, How> {
    /// The axis.
    type Found: Extent;
    /// The shape's list with the axis marked.
    type Marked;
    /// The position from the end, 0 for the last.
    const INDEX: usize;
    /// The axis and the marked list, as values.
    fn find(shape: S) -> (Self::Found, Self::Marked);
}
#[diagnostic::do_not_recommend]
impl<S: Shape, const I: isize, How> InRange<I, S, How> for Axis<I>
where
    ListOf<S>: FindAxis<Axis<I>, How, FromEnd<-1>, S>,
{
    type Found = <ListOf<S> as FindAxis<Axis<I>, How, FromEnd<-1>, S>>::Found;
    type Marked = <ListOf<S> as FindAxis<Axis<I>, How, FromEnd<-1>, S>>::Marked;
    const INDEX: usize = <ListOf<S> as FindAxis<Axis<I>, How, FromEnd<-1>, S>>::INDEX;
    #[inline(always)]
    fn find(shape: S) -> (Self::Found, Self::Marked) {
        shape.into_list().find()
    }
}

/// The shape has the axes `Which`; what removing them, or keeping them as [`One`], gives.
#[diagnostic::on_unimplemented(
    message = "shape `{Self}` does not have each of the axes `{Which}` once",
    label = "an axis is out of range, missing or given twice",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait HasAxes<Which, Kind, How>: Shape {
    /// The shape without the axes.
    type Removed: Shape;
    /// The shape with [`One`] in their places.
    type Kept: Shape;
    /// The axes, as a list.
    type Found;
    /// Which axes they are.
    const AXES: AxisSet;
    /// The shape without the axes, as a value.
    fn removed(self) -> Self::Removed;
    /// The shape with [`One`] in their places, as a value.
    fn kept(self) -> Self::Kept;
}
type FoundAt<const I: isize, S, How> = <Axis<I> as InRange<I, S, How>>::Found;
type MarkedAt<const I: isize, S, How> = <Axis<I> as InRange<I, S, How>>::Marked;
type FoundBy<Name, S, How> = <ListOf<S> as FindAxis<Name, How, FromEnd<-1>, S>>::Found;
type MarkedBy<Name, S, How> = <ListOf<S> as FindAxis<Name, How, FromEnd<-1>, S>>::Marked;

macro_rules! has_axes {
    ($found:ty, $marked:ty, |$shape:ident| $find:expr) => {
        type Found = $found;
        type Removed = TupleOf<<$marked as Marked>::Removed>;
        type Kept = TupleOf<<$marked as Marked>::Replaced<One>>;
        const AXES: AxisSet = <$marked as Marked>::AXES;
        #[inline(always)]
        fn removed(self) -> Self::Removed {
            let $shape = self;
            $find.1.removed().into_tuple()
        }
        #[inline(always)]
        fn kept(self) -> Self::Kept {
            let $shape = self;
            $find.1.replaced(One).into_tuple()
        }
    };
}
impl<S, const I: isize, How> HasAxes<Axis<I>, kind::Position, How> for S
where
    S: Shape,
    Axis<I>: InRange<I, S, How, Marked: Marked<Removed: ListTuple, Replaced<One>: ListTuple>>,
{
    has_axes!(((), FoundAt<I, S, How>), MarkedAt<I, S, How>, |shape| Axis::<I>::find(shape));
}
impl<S, Name, How> HasAxes<Name, kind::Name, How> for S
where
    S: Shape,
    ListOf<S>:
        FindAxis<Name, How, FromEnd<-1>, S, Marked: Marked<Removed: ListTuple, Replaced<One>: ListTuple>>,
{
    has_axes!(((), FoundBy<Name, S, How>), MarkedBy<Name, S, How>, |shape| shape.into_list().find());
}
#[diagnostic::do_not_recommend]
impl<S: Shape, Which: Tuple, How> HasAxes<Which, kind::Several, How> for S
where
    Which::List: FindAxes<ListOf<S>, How, S, Marked: Marked<Removed: ListTuple, Replaced<One>: ListTuple>>,
{
    has_axes!(
        <Which::List as FindAxes<ListOf<S>, How, S>>::Found,
        <Which::List as FindAxes<ListOf<S>, How, S>>::Marked,
        |shape| Which::List::find_all(shape.into_list())
    );
}

/// The shape has the one axis `Which`: what it is, and the shape's list with it marked.
pub trait OneAxis<Which, Kind, How>: Shape {
    /// The axis.
    type Found: Extent;
    /// The shape's list with the axis marked.
    type Marked: Marked;
    /// The position from the end, 0 for the last.
    const INDEX: usize;
    /// The axis and the marked list, as values.
    fn one_axis(self) -> (Self::Found, Self::Marked);
}
impl<S: Shape, const I: isize, How> OneAxis<Axis<I>, kind::Position, How> for S
where
    Axis<I>: InRange<I, S, How, Marked: Marked>,
{
    type Found = FoundAt<I, S, How>;
    type Marked = MarkedAt<I, S, How>;
    const INDEX: usize = <Axis<I> as InRange<I, S, How>>::INDEX;
    #[inline(always)]
    fn one_axis(self) -> (Self::Found, Self::Marked) {
        Axis::<I>::find(self)
    }
}
impl<S: Shape, Name: Length, How> OneAxis<Name, kind::Name, How> for S
where
    ListOf<S>: FindAxis<Name, How, FromEnd<-1>, S, Marked: Marked>,
{
    type Found = FoundBy<Name, S, How>;
    type Marked = MarkedBy<Name, S, How>;
    const INDEX: usize = <ListOf<S> as FindAxis<Name, How, FromEnd<-1>, S>>::INDEX;
    #[inline(always)]
    fn one_axis(self) -> (Self::Found, Self::Marked) {
        self.into_list().find()
    }
}
