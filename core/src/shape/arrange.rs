//! Relations that rearrange the axes of one shape: [`SqueezeAxis`] removes axes of length 1, and
//! [`PermuteDims`] reorders the axes.
//!
//! Both relations mark the axes that the call names as [`Gone`] in the shape's list. `SqueezeAxis`
//! then checks that each marked axis has length 1, and `PermuteDims` that every axis is marked.

use super::{
    FewEnough, FindAxes, FindListed, FromEnd, Gone, KnownAxes, KnownListOf, Last, ListOf,
    ListTuple, Marked, NextOf, Outward, Shape, Tuple, TupleOf, kind,
};
use crate::axes::AxisSet;
use crate::axes::PerAxis;
use crate::shape::{Extent, Static, then};

// ---- removing axes of length 1 ------------------------------------------------------------------

/// Implemented for the size 1: an axis `A` of this size can be squeezed out of the shape `S`. So
/// [`One`](crate::One) can be removed, and so can a name of length 1 and `Dim<1>`, the axis of a
/// slice of one index.
#[diagnostic::on_unimplemented(
    message = "cannot squeeze an axis out of shape `{S}`: it is {A}, not an axis of length 1",
    label = "only an axis of length 1 can go",
    note = "to drop a longer axis, or a generic one, reduce it, or take one index of it first: `.slice(axis, Span::<0, 1>).squeeze(axis)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait IsOneLong<A, S> {
    /// Always `L`, the list of the axes to the left of `A` in the call's tuple, but the compiler
    /// can resolve this type only if `A` can be removed. So of several wrong axes only one is
    /// reported.
    type Beyond<L>;
}
#[diagnostic::do_not_recommend]
impl<A, S> IsOneLong<A, S> for Static<1> {
    type Beyond<L> = L;
}

/// The axes in `List` can be removed from the shape `Self`: each of them has length 1.
///
/// `Self` is the shape, and the list is a parameter: if `Self` were the list, errors would show
/// other lists for which the trait is implemented.
pub trait CanLose<List> {
    /// Always `Result`, the shape without the axes, but the compiler can resolve this type only if
    /// the axes can be removed. If not, the compiler reports one error, and checks nothing that
    /// depends on this type.
    type Then<Result: Shape>: Shape;
    /// `shape` itself, with the type `Then<Result>`.
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
/// Always `L`, the list of the axes to the left of `A` in the call's tuple, but the compiler can
/// resolve this type only if `A` has length 1.
type Before<L, A, S> = <<A as Extent>::Size as IsOneLong<A, S>>::Beyond<L>;

/// `Which`, an argument whose `AxisArg::Kind` is `Self`, names axes of the shape `S` that can be
/// removed: each has length 1.
pub trait SqueezeAxis<Which, S, How> {
    /// The shape without the named axes.
    type Output: Shape;
    /// The removed axes of the shape `S`.
    const AXES: AxisSet;
    /// The shape without the named axes, as a value.
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

/// An axis that the call of `permute_dims` names, and that is therefore marked as [`Gone`]. Its
/// position in the shape `S` is `I` (-1 is the last axis).
#[diagnostic::on_unimplemented(
    message = "the order leaves out axis {I} of shape `{S}`, which is {Self}",
    label = "every axis of the shape must be named once",
    note = "name the axes that stay, too: `(Axis::<1>, Axis::<0>)` turns a matrix, `(Axis::<1>, Axis::<0>, Axis::<2>)` three axes",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait IsNamed<const I: isize, S> {
    /// Always `L`, the list of the axes further left in the shape, but the compiler can resolve
    /// this type only if the axis `Self` is named. So of several missing axes only one is reported.
    type Beyond<L>;
}
#[diagnostic::do_not_recommend]
impl<A, const I: isize, S> IsNamed<I, S> for Gone<A> {
    type Beyond<L> = L;
}

/// Every axis of the list `Marked` is marked as [`Gone`]. `Marked` is the list of the shape `Self`,
/// possibly without some of the last axes. `P` is the position in the shape of the last axis of
/// `Marked`.
///
/// `Self` is the shape, and the list is a parameter: if `Self` were the list, errors would show
/// other lists for which the trait is implemented.
pub trait AllNamed<Marked, P> {
    /// Always `Result`, the shape in the new order, but the compiler can resolve this type only if
    /// all axes are named. If not, the compiler reports one error, and checks nothing that depends
    /// on this type.
    type Then<Result: Shape>: Shape;
    /// `shape` itself, with the type `Then<Result>`.
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

/// `Which`, an argument whose `AxisArg::Kind` is `Self`, is a tuple that names axes of the shape
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
    /// The list of `S` with the named axes marked as [`Gone`]. The compiler can resolve this type
    /// only if all axes are found. If not, the compiler reports one error, and checks nothing that
    /// depends on this type.
    type Marked;
    /// The position of each named axis in the shape `S` (0 is the last axis). Entry 0 is for the
    /// axis that the call names last.
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

/// `Which`, an argument whose `AxisArg::Kind` is `Self`, names every axis of the shape `S` once, in
/// a new order.
#[diagnostic::on_unimplemented(
    message = "the order of the axes of shape `{S}` is a tuple that names every axis once",
    label = "expected a tuple of axes",
    note = "name the axes that stay, too: `(Axis::<1>, Axis::<0>)` turns a matrix, `(Axis::<1>, Axis::<0>, Axis::<2>)` three axes",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait PermuteDims<Which, S, How> {
    /// The shape in the new order.
    type Output: Shape;
    /// For each axis of the result, last axis first, the position of the same axis in the shape `S`
    /// (0 is the last axis).
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
