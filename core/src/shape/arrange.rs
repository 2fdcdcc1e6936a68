//! Relations that rearrange the axes of one shape: an axis fewer, another order.

use super::{
    FewEnough, FindAxes, FindListed, FromEnd, Gone, KnownAxes, KnownListOf, Last, ListOf,
    ListTuple, Marked, NextOf, Outward, Shape, Tuple, TupleOf, kind,
};
use crate::axes::AxisSet;
use crate::axes::PerAxis;
use crate::shape::{Extent, Static, then};

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
