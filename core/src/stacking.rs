//! Stacking as a relation between two shapes: the two are the same. The stack has their axes, and a
//! new axis of length 2.

use crate::broadcast::NoAxis;
use crate::shape::{
    Dim, FromEnd, KnownAxes, KnownListAfter, KnownListOf, Last, ListAfter, ListOf, NewAxis, NextOf,
    Outward, Shape, then,
};

/// `A` and `Self`, axes of two stacked shapes at the same position, are the same.
#[diagnostic::on_unimplemented(
    message = "cannot stack `{First}` and `{Second}`: axis {AXIS} is {A} in the first, {Self} in the second",
    label = "axis {AXIS}: `{A}` is not `{Self}`",
    note = "what is stacked is of one shape; one behind the other along an axis is `.concat(&other, axis)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Sizes\""
)]
pub trait StacksAxis<A, First, Second, const AXIS: isize> {
    /// Always `L`, the list of the axes further left. The compiler can resolve this only where `A`
    /// and `Self` are the same, so of several axes that differ it reports only the last.
    type Beyond<L>;
}
#[diagnostic::do_not_recommend]
impl<A, First, Second, const AXIS: isize> StacksAxis<A, First, Second, AXIS> for A {
    type Beyond<L> = L;
}

/// One of two stacked shapes has more axes than the other. No type implements this trait, so the
/// bound `NoAxis: StacksRank<..>` always fails, with the message below.
#[diagnostic::on_unimplemented(
    message = "cannot stack `{First}` and `{Second}`: one has more axes",
    label = "not as many axes",
    note = "what is stacked is of one shape; `.concat(other.expand_dims(axis), axis)` puts one more of them behind a stack",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Sizes\""
)]
pub trait StacksRank<First, Second> {
    /// Never used, because no type implements this trait.
    type Then<S: Shape>: Shape;
    /// Never used, because no type implements this trait.
    fn then<S: Shape>(shape: S) -> Self::Then<S>;
}

/// The list `Left`, of the second shape `Self`, has the same axes as the list `Other`, of the shape
/// `First`. `P` is the position of the last axes of both lists.
///
/// `Self` is the shape and not the list, because for a list the compiler would print other lists
/// that implement the trait.
pub trait SameAxes<Left, Other, First, P> {
    /// Always `S`, the shape of the stack. The compiler can resolve this only where the lists have
    /// the same axes, so a mismatch is reported once, and not again for what is done with the
    /// result.
    type Then<S: Shape>: Shape;
    /// `shape` itself, with the type `Then<S>`.
    fn then<S: Shape>(shape: S) -> Self::Then<S>;
}
impl<Second, First, P> SameAxes<(), (), First, P> for Second {
    then!();
}
macro_rules! another_rank {
    ($left:ty, $other:ty) => {
        impl<Second, L, A, First, P> SameAxes<$left, $other, First, P> for Second
        where
            NoAxis: StacksRank<First, Second>,
        {
            type Then<S: Shape> = <NoAxis as StacksRank<First, Second>>::Then<S>;
            #[cfg_attr(not(unoptimised), inline(always))]
            fn then<S: Shape>(shape: S) -> Self::Then<S> {
                <NoAxis as StacksRank<First, Second>>::then(shape)
            }
        }
    };
}
another_rank!((), (L, A));
another_rank!((L, A), ());
impl<Second, R, B, L, A, First, const I: isize> SameAxes<(R, B), (L, A), First, FromEnd<I>>
    for Second
where
    FromEnd<I>: Outward,
    B: StacksAxis<A, First, Second, I>,
    Second: SameAxes<B::Beyond<R>, L, First, NextOf<I>>,
{
    type Then<S: Shape> = <Second as SameAxes<B::Beyond<R>, L, First, NextOf<I>>>::Then<S>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn then<S: Shape>(shape: S) -> Self::Then<S> {
        <Second as SameAxes<B::Beyond<R>, L, First, NextOf<I>>>::then(shape)
    }
}

/// `First` and `Second` are the same shape, and the argument `Which` is a position for a new axis
/// of length 2. `Self` is the kind of `Which`.
#[diagnostic::on_unimplemented(
    message = "`{Which}` is no position for a new axis",
    label = "expected `Axis::<0>` or another position",
    note = "the new axis has no name of its own yet: say where it stands in the result",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait Stacks<Which, First, Second, How> {
    /// The shape of the stack.
    type Output: Shape;
    /// The position of the new axis in the stack (0 is the last axis).
    const INDEX: usize;
    /// The shape of the stack, as a value.
    fn stacked(first: First) -> Self::Output;
}
impl<Which, First: Shape, Second: Shape, Kind, How> Stacks<Which, First, Second, How> for Kind
where
    ListOf<First>: KnownAxes<First>,
    ListAfter<First, Second>: KnownAxes<Second>,
    Second: SameAxes<KnownListAfter<First, Second>, KnownListOf<First>, First, Last>,
    Kind: NewAxis<Which, First, How, Dim<2>>,
{
    type Output =
        <Second as SameAxes<KnownListAfter<First, Second>, KnownListOf<First>, First, Last>>::Then<
            Kind::Output,
        >;
    const INDEX: usize = Kind::INDEX;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn stacked(first: First) -> Self::Output {
        <Second as SameAxes<KnownListAfter<First, Second>, KnownListOf<First>, First, Last>>::then(
            Kind::with_axis(first, Dim),
        )
    }
}
