//! Relations that rearrange the axes of one shape: a new axis, an axis fewer, another order.

use super::{
    Axis, AxisArg, FindAxes, FindListed, FromEnd, Gone, KnownAxes, KnownListOf, Last, ListOf, ListTuple,
    Marked, NextOf, Outward, Rank, Ranked, Shape, Tuple, TupleOf, kind,
};
use crate::axes::{AxisSet, PerAxis};
use crate::shape::{Extent, One, Static, then};

// ---- a new axis ------------------------------------------------------------------------------------------------------

/// Where a list takes a new axis, `P` being the position of the end of the list in the result.
pub trait InsertAxis<Which, How, P> {
    /// The list with [`One`] at the new axis.
    type Output;
    /// The position of the new axis from the end, 0 for the last.
    const INDEX: usize;
    /// The list with the new axis, as a value.
    fn insert(self) -> Self::Output;
}
/// The new axis stands here, counted from the end of the result.
#[derive(Debug)]
pub struct AtEnd;
/// The new axis stands here, counted from the start of the result.
#[derive(Debug)]
pub struct AtStart;
/// The new axis stands further out.
#[derive(Debug)]
pub struct Beyond<How>(How);

#[diagnostic::do_not_recommend]
impl<L, const I: isize> InsertAxis<Axis<I>, AtEnd, FromEnd<I>> for L
where
    FromEnd<I>: Outward,
{
    type Output = (L, One);
    const INDEX: usize = <FromEnd<I> as Outward>::INDEX;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn insert(self) -> (L, One) {
        (self, One)
    }
}
#[diagnostic::do_not_recommend]
impl<L: Ranked<Rank = Rank<I>>, const I: isize, P: Outward> InsertAxis<Axis<I>, AtStart, P> for L {
    type Output = (L, One);
    const INDEX: usize = P::INDEX;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn insert(self) -> (L, One) {
        (self, One)
    }
}
#[diagnostic::do_not_recommend]
impl<L, A: Extent, Which, How, P: Outward> InsertAxis<Which, Beyond<How>, P> for (L, A)
where
    L: InsertAxis<Which, How, P::Next>,
{
    type Output = (L::Output, A);
    const INDEX: usize = L::INDEX;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn insert(self) -> (L::Output, A) {
        (self.0.insert(), self.1)
    }
}

/// The axis is a position for a new axis of the shape `S`, counted in the result.
#[diagnostic::on_unimplemented(
    message = "axis {I} is out of range for shape `{S}` with one more axis",
    label = "a new axis cannot stand at {I}",
    note = "the position counts in the result, which has one axis more, as in NumPy's `expand_dims`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait Insertable<const I: isize, S, How> {
    /// The shape with [`One`] at the new axis.
    type Output: Shape;
    /// The position of the new axis from the end, 0 for the last.
    const INDEX: usize;
    /// The shape with the new axis, as a value.
    fn expand(shape: S) -> Self::Output;
}
#[diagnostic::do_not_recommend]
impl<S: Shape, const I: isize, How> Insertable<I, S, How> for Axis<I>
where
    ListOf<S>: KnownAxes<S>,
    KnownListOf<S>: InsertAxis<Axis<I>, How, FromEnd<-1>, Output: FewEnough>,
{
    type Output = <<KnownListOf<S> as InsertAxis<Axis<I>, How, FromEnd<-1>>>::Output as FewEnough>::Tuple;
    const INDEX: usize = <KnownListOf<S> as InsertAxis<Axis<I>, How, FromEnd<-1>>>::INDEX;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn expand(shape: S) -> Self::Output {
        shape.into_list().known().insert().few_enough()
    }
}

/// A shape `S` of this rank can have one axis more.
#[diagnostic::on_unimplemented(
    message = "a shape has at most 8 axes: `{S}` has no room for one more",
    label = "the result would have 9 axes",
    note = "remove an axis first, by `.squeeze(axis)`, or make one of several, by `.reshape(shape)`"
)]
pub trait HasRoom<S> {
    /// `X`, which is looked at only where there is room.
    type Then<X>;
}
macro_rules! has_room {
    ($($rank:literal)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<S> HasRoom<S> for Rank<$rank> {
            type Then<X> = X;
        }
    )*};
}
has_room! { 0 1 2 3 4 5 6 7 }

/// What names axes in this way, `Which`, are positions for new axes of the shape `S`, in the
/// result.
#[diagnostic::on_unimplemented(
    message = "`{Which}` is no position for a new axis",
    label = "expected `Axis::<0>` or another position, or several in a tuple",
    note = "the new axis is `One` and has no name of its own yet: say where it stands in the result",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait ExpandDims<Which, S, How> {
    /// The shape with [`One`] at the new axes.
    type Output: Shape;
    /// Which axes of the result are new.
    const AXES: AxisSet;
    /// The shape with the new axes, as a value.
    fn expanded(shape: S) -> Self::Output;
}
impl<S: Shape, const I: isize, How> ExpandDims<Axis<I>, S, How> for kind::Position
where
    ListOf<S>: KnownAxes<S, List: Ranked<Rank: HasRoom<S>>>,
    InRoom<S, I>: Insertable<I, S, How>,
{
    type Output = <InRoom<S, I> as Insertable<I, S, How>>::Output;
    const AXES: AxisSet = AxisSet::of(<InRoom<S, I> as Insertable<I, S, How>>::INDEX);
    #[cfg_attr(not(unoptimised), inline(always))]
    fn expanded(shape: S) -> Self::Output {
        InRoom::<S, I>::expand(shape)
    }
}
/// `Axis<I>`, once the shape `S` has room for an axis.
type InRoom<S, const I: isize> = <<KnownListOf<S> as Ranked>::Rank as HasRoom<S>>::Then<Axis<I>>;

/// A list of at most eight axes.
pub trait FewEnough {
    /// The list as a shape.
    type Tuple: Shape;
    /// The list as a shape, as a value.
    fn few_enough(self) -> Self::Tuple;
}
impl<L: ListTuple> FewEnough for L {
    type Tuple = TupleOf<L>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn few_enough(self) -> TupleOf<L> {
        self.into_tuple()
    }
}

/// What the list holds are positions for new axes of the shape `S`, one after the other.
pub trait ExpandEach<S, How> {
    /// The shape with [`One`] at each.
    type Output: Shape;
    /// The shape with the new axes, as a value.
    fn expanded_each(shape: S) -> Self::Output;
}
impl<S: Shape> ExpandEach<S, ()> for () {
    type Output = S;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn expanded_each(shape: S) -> S {
        shape
    }
}
impl<S: Shape, Before, HowBefore, Which: AxisArg, How> ExpandEach<S, (HowBefore, How)> for (Before, Which)
where
    Before: ExpandEach<S, HowBefore>,
    Which::Kind: ExpandDims<Which, Before::Output, How>,
{
    type Output = <Which::Kind as ExpandDims<Which, Before::Output, How>>::Output;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn expanded_each(shape: S) -> Self::Output {
        Which::Kind::expanded(Before::expanded_each(shape))
    }
}

/// What is left without the axes at the named positions is the list of the shape `S`, as before: so
/// these are the new axes, which is not so where one was put before another that is named earlier.
#[diagnostic::on_unimplemented(
    message = "the new axes of shape `{S}` are not named from the outermost to the innermost",
    label = "positions count in the result: name them in rising order",
    note = "write `(Axis::<0>, Axis::<2>)`, not `(Axis::<2>, Axis::<0>)`; from the end it is `(Axis::<-1>, Axis::<-3>)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait IsLeftOf<List, S> {}
#[diagnostic::do_not_recommend]
impl<List, S> IsLeftOf<List, S> for List {}

impl<S: Shape, Which: Tuple, How, HowFound, Out: Shape> ExpandDims<Which, S, (How, HowFound)>
    for kind::Several
where
    Which::List: ExpandEach<S, How, Output = Out> + FindListed<ListOf<Out>, HowFound, Out>,
    OnceFound<Which::List, HowFound, Out>: Marked<Removed: IsLeftOf<ListOf<S>, S>>,
{
    type Output = Out;
    const AXES: AxisSet = <OnceFound<Which::List, HowFound, Out> as Marked>::AXES;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn expanded(shape: S) -> Out {
        Which::List::expanded_each(shape)
    }
}
/// The marked list of the shape `S`, once all axes that `Which` lists are found, each once.
type OnceFound<Which, How, S> =
    <Which as FindListed<ListOf<S>, How, S>>::Then<<Which as FindListed<ListOf<S>, How, S>>::Marked>;

// ---- an axis fewer ---------------------------------------------------------------------------------------------------

/// The size of an axis `A` that can be squeezed out: 1. So [`One`] can go, and so can `Dim<1>`,
/// which a slice leaves, and a name of length 1.
#[diagnostic::on_unimplemented(
    message = "cannot squeeze an axis out of shape `{S}`: it is {A}, not an axis of length 1",
    label = "only an axis of length 1 can go",
    note = "to drop a longer axis, or a generic one, reduce it, or take one index of it first: `.slice(axis, Span::<0, 1>).squeeze(axis)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait IsOneLong<A, S> {
    /// `L`: the axes named before, which are looked at only where this one can go.
    type Beyond<L>;
}
#[diagnostic::do_not_recommend]
impl<A, S> IsOneLong<A, S> for Static<1> {
    type Beyond<L> = L;
}

/// The shape can lose the axes of the list.
///
/// The shape is `Self`, and not the list, so that the compiler has no other lists to list.
pub trait CanLose<List> {
    /// `Result`, the shape without them.
    type Then<Result: Shape>: Shape;
    /// The shape without them, as a value.
    fn then<Result: Shape>(shape: Result) -> Self::Then<Result>;
}
impl<S> CanLose<()> for S {
    then!();
}
impl<L, A: Extent<Size: IsOneLong<A, S>>, S> CanLose<(L, A)> for S
where
    S: CanLose<Before<L, A, S>>,
{
    type Then<Result: Shape> = <S as CanLose<Before<L, A, S>>>::Then<Result>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn then<Result: Shape>(shape: Result) -> Self::Then<Result> {
        <S as CanLose<Before<L, A, S>>>::then(shape)
    }
}
/// `L`, the axes named before `A`.
type Before<L, A, S> = <<A as Extent>::Size as IsOneLong<A, S>>::Beyond<L>;

/// The shape `S` can lose the axes that `Which` names in this way, which are of length 1.
pub trait SqueezeAxis<Which, S, How> {
    /// The shape without the axes.
    type Output: Shape;
    /// Which axes they are, one bit an axis from the last.
    const AXES: AxisSet;
    /// The shape without the axes, as a value.
    fn squeezed(shape: S) -> Self::Output;
}
impl<Which, S: Shape, Kind, How> SqueezeAxis<Which, S, How> for Kind
where
    ListOf<S>: KnownAxes<S>,
    Kind: FindAxes<Which, KnownListOf<S>, How, S, Marked: Marked<Removed: ListTuple>>,
    S: CanLose<Kind::Found>,
{
    type Output = <S as CanLose<Kind::Found>>::Then<TupleOf<<Kind::Marked as Marked>::Removed>>;
    const AXES: AxisSet = <Kind::Marked as Marked>::AXES;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn squeezed(shape: S) -> Self::Output {
        let list = shape.into_list().known();
        <S as CanLose<Kind::Found>>::then(Kind::find_all(list).1.removed().into_tuple())
    }
}

// ---- another order ---------------------------------------------------------------------------------------------------

/// An axis that the order names, which is therefore marked.
#[diagnostic::on_unimplemented(
    message = "the order leaves out axis {I} of shape `{S}`, which is {Self}",
    label = "every axis of the shape must be named once",
    note = "name the axes that stay, too: `(Axis::<1>, Axis::<0>)` turns a matrix, `(Axis::<1>, Axis::<0>, Axis::<2>)` three axes",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait IsNamed<const I: isize, S> {
    /// `L`: the axes further out, which are looked at only where this one is named.
    type Beyond<L>;
}
#[diagnostic::do_not_recommend]
impl<A, const I: isize, S> IsNamed<I, S> for Gone<A> {
    type Beyond<L> = L;
}

/// Every axis of the list of the shape is marked, `P` being the position of its last axis.
///
/// The shape is `Self`, and not the list, so that the compiler has no other lists to list.
pub trait AllNamed<Marked, P> {
    /// `Result`, the shape in the new order.
    type Then<Result: Shape>: Shape;
    /// The shape in the new order, as a value.
    fn then<Result: Shape>(shape: Result) -> Self::Then<Result>;
}
impl<S, P> AllNamed<(), P> for S {
    then!();
}
impl<L, A: IsNamed<I, S>, const I: isize, S> AllNamed<(L, A), FromEnd<I>> for S
where
    FromEnd<I>: Outward,
    S: AllNamed<A::Beyond<L>, NextOf<I>>,
{
    type Then<Result: Shape> = <S as AllNamed<A::Beyond<L>, NextOf<I>>>::Then<Result>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn then<Result: Shape>(shape: Result) -> Self::Then<Result> {
        <S as AllNamed<A::Beyond<L>, NextOf<I>>>::then(shape)
    }
}

/// What names axes in this way, `Which`, is a tuple of them, looked up in the list of the shape
/// `S`.
#[diagnostic::on_unimplemented(
    message = "the order of the axes of shape `{S}` is a tuple that names every axis once",
    label = "expected a tuple of axes",
    note = "name the axes that stay, too: `(Axis::<1>, Axis::<0>)` turns a matrix, `(Axis::<1>, Axis::<0>, Axis::<2>)` three axes",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait FindOrder<Which, S, How> {
    /// The axes in the order of the call, as a shape.
    type Found: Shape;
    /// The list with [`Gone`] in their places, which is looked at only where all axes are found.
    type Marked;
    /// Their positions from the end, in the order of the call, the last first.
    const INDICES: PerAxis<usize>;
    /// The axes in the order of the call, as a value.
    fn found(shape: S) -> Self::Found;
}
impl<Which: Tuple, S: Shape, How> FindOrder<Which, S, How> for kind::Several
where
    ListOf<S>: KnownAxes<S>,
    Which::List: FindListed<KnownListOf<S>, How, S, Found: FewEnough>,
{
    type Found = <<Which::List as FindListed<KnownListOf<S>, How, S>>::Found as FewEnough>::Tuple;
    type Marked = <Which::List as FindListed<KnownListOf<S>, How, S>>::Then<
        <Which::List as FindListed<KnownListOf<S>, How, S>>::Marked,
    >;
    const INDICES: PerAxis<usize> = <Which::List as FindListed<KnownListOf<S>, How, S>>::INDICES;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn found(shape: S) -> Self::Found {
        Which::List::find_all(shape.into_list().known()).0.few_enough()
    }
}

/// The order that `Which` names in this way has every axis of the shape `S` once.
#[diagnostic::on_unimplemented(
    message = "the order of the axes of shape `{S}` is a tuple that names every axis once",
    label = "expected a tuple of axes",
    note = "name the axes that stay, too: `(Axis::<1>, Axis::<0>)` turns a matrix, `(Axis::<1>, Axis::<0>, Axis::<2>)` three axes",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait PermuteDims<Which, S, How> {
    /// The shape in the new order.
    type Output: Shape;
    /// For each axis of the result, from the last: the axis of this shape, 0 for the last.
    const INDICES: PerAxis<usize>;
    /// The shape in the new order, as a value.
    fn permuted(shape: S) -> Self::Output;
}
impl<Which, S: Shape, Kind, How> PermuteDims<Which, S, How> for Kind
where
    Kind: FindOrder<Which, S, How>,
    S: AllNamed<Kind::Marked, Last>,
{
    type Output = <S as AllNamed<Kind::Marked, Last>>::Then<Kind::Found>;
    const INDICES: PerAxis<usize> = Kind::INDICES;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn permuted(shape: S) -> Self::Output {
        <S as AllNamed<Kind::Marked, Last>>::then(Kind::found(shape))
    }
}
