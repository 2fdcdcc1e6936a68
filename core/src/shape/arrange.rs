//! Relations that rearrange the axes of one shape: [`SqueezeAxis`] removes axes of length 1, and
//! [`PermuteDims`] reorders the axes.
//!
//! Both mark the axes that the call names as [`Gone`] in the shape's list. `SqueezeAxis` then
//! checks that each of them has length 1, and `PermuteDims` that no axis is left unmarked.

use super::{
    FewEnough, FindAxes, FindListed, FromEnd, Gone, KnownAxes, KnownListOf, Last, ListOf,
    ListTuple, Marked, NextOf, Outward, Shape, Tuple, TupleOf, kind,
};
use crate::axes::AxisSet;
use crate::axes::PerAxis;
use crate::shape::{Extent, Static, then};

// ---- removing axes of length 1 ------------------------------------------------------------------

/// The size of an axis `A` that can be squeezed out, which is 1. So [`One`](crate::One) can be
/// removed, and so can `Dim<1>`, which a slice leaves, and a name of length 1.
#[diagnostic::on_unimplemented(
    message = "cannot squeeze an axis out of shape `{S}`: it is {A}, not an axis of length 1",
    label = "only an axis of length 1 can go",
    note = "to drop a longer axis, or a generic one, reduce it, or take one index of it first: `.slice(axis, Span::<0, 1>).squeeze(axis)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait IsOneLong<A, S> {
    /// `L`, the axes that are named before, resolved only where this one can be removed.
    type Beyond<L>;
}
#[diagnostic::do_not_recommend]
impl<A, S> IsOneLong<A, S> for Static<1> {
    type Beyond<L> = L;
}

/// The axes of the list can be removed from the shape.
///
/// The shape is `Self`, and not the list: otherwise the compiler would show other lists for which
/// the trait is implemented.
pub trait CanLose<List> {
    /// `Result`, the shape without the axes, resolved only where they can be removed.
    type Then<Result: Shape>: Shape;
    /// The shape without the axes, as a value.
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
/// `L`, the axes that are named before `A`.
type Before<L, A, S> = <<A as Extent>::Size as IsOneLong<A, S>>::Beyond<L>;

/// The axes that `Which`, an argument of this kind, names can be removed from the shape `S`: each
/// has length 1.
pub trait SqueezeAxis<Which, S, How> {
    /// The shape without the axes.
    type Output: Shape;
    /// The removed axes, one bit for each axis, from the last.
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

// ---- another order ------------------------------------------------------------------------------

/// An axis that the order names: it is marked.
#[diagnostic::on_unimplemented(
    message = "the order leaves out axis {I} of shape `{S}`, which is {Self}",
    label = "every axis of the shape must be named once",
    note = "name the axes that stay, too: `(Axis::<1>, Axis::<0>)` turns a matrix, `(Axis::<1>, Axis::<0>, Axis::<2>)` three axes",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait IsNamed<const I: isize, S> {
    /// `L`, the axes further out, resolved only where this one is named.
    type Beyond<L>;
}
#[diagnostic::do_not_recommend]
impl<A, const I: isize, S> IsNamed<I, S> for Gone<A> {
    type Beyond<L> = L;
}

/// Every axis of the shape's list is marked. `P` is the position of its last axis.
///
/// The shape is `Self`, and not the list: otherwise the compiler would show other lists for which
/// the trait is implemented.
pub trait AllNamed<Marked, P> {
    /// `Result`, the shape in the new order, resolved only where all axes are named.
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

/// `Which`, an argument of this kind, is a tuple of axes, which are found in the list of the shape
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
    /// The list with the axes marked as [`Gone`], resolved only where all axes are found.
    type Marked;
    /// The positions of the axes from the end, in the order of the call, the last first.
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

/// The order `Which`, an argument of this kind, names every axis of the shape `S` once.
#[diagnostic::on_unimplemented(
    message = "the order of the axes of shape `{S}` is a tuple that names every axis once",
    label = "expected a tuple of axes",
    note = "name the axes that stay, too: `(Axis::<1>, Axis::<0>)` turns a matrix, `(Axis::<1>, Axis::<0>, Axis::<2>)` three axes",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait PermuteDims<Which, S, How> {
    /// The shape in the new order.
    type Output: Shape;
    /// For each axis of the result, from the last: the index of the same axis in this shape, 0 for
    /// the last.
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
