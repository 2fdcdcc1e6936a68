//! Padding as a relation of two shapes: in the second, the axes that a call names are longer.

use crate::arith::PadsTo;
use crate::axes::AxisSet;
use crate::concatenation::Mark;
use crate::shape::{
    FewEnough, FindAxes, Gone, KnownAxes, KnownListOf, ListOf, Marked, No, Shape, Yes,
};

/// The marked axes of `List` can be padded by `BEFORE` elements at the start and `AFTER` at the
/// end. `List` is the list of the shape `Self`, or the first axes of that list.
///
/// `Self` is the shape and not the list, because for a list the compiler would print other lists
/// that implement the trait.
pub trait PadsMarked<List, const BEFORE: usize, const AFTER: usize> {
    /// The list in which the marked axes are replaced by the padded ones.
    type Output;
    /// The list in which the marked axes are replaced by the padded ones, as a value.
    fn padded(list: List) -> Self::Output;
}
impl<S, const BEFORE: usize, const AFTER: usize> PadsMarked<(), BEFORE, AFTER> for S {
    type Output = ();
    #[cfg_attr(not(unoptimised), inline(always))]
    fn padded((): ()) {}
}
// The type `M::Is` says whether the axis `M` is marked, and selects the impl of `PadsNext`. So one
// impl of this trait is for all lists with at least one axis, and the compiler reports which bound
// of that impl fails.
impl<S, L, M: Mark, const BEFORE: usize, const AFTER: usize> PadsMarked<(L, M), BEFORE, AFTER> for S
where
    M::Is: PadsNext<S, L, M, BEFORE, AFTER>,
{
    type Output = <M::Is as PadsNext<S, L, M, BEFORE, AFTER>>::Output;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn padded(list: (L, M)) -> Self::Output {
        <M::Is as PadsNext<S, L, M, BEFORE, AFTER>>::padded(list.0, list.1)
    }
}

/// The marked axes of `(L, M)` can be padded by `BEFORE` elements at the start and `AFTER` at the
/// end. `(L, M)` is the list of the shape `S`, or the first axes of that list. `Self` says whether
/// the axis `M` is marked.
pub trait PadsNext<S, L, M, const BEFORE: usize, const AFTER: usize> {
    /// The list in which the marked axes are replaced by the padded ones.
    type Output;
    /// The list in which the marked axes are replaced by the padded ones, as a value.
    fn padded(further: L, axis: M) -> Self::Output;
}
impl<S, L, A, const BEFORE: usize, const AFTER: usize> PadsNext<S, L, Gone<A>, BEFORE, AFTER>
    for Yes
where
    A: PadsTo<BEFORE, AFTER>,
    S: PadsMarked<A::Beyond<L>, BEFORE, AFTER>,
{
    type Output = (<S as PadsMarked<A::Beyond<L>, BEFORE, AFTER>>::Output, A::Output);
    #[cfg_attr(not(unoptimised), inline(always))]
    fn padded(further: L, axis: Gone<A>) -> Self::Output {
        (S::padded(A::beyond(further)), axis.axis().padded())
    }
}
// `Gone<Gone<A>>` is an axis that the call names twice. `FindAxes` reports that, so this impl
// accepts the axis, and there is no second error.
impl<S, L, A, const BEFORE: usize, const AFTER: usize> PadsNext<S, L, Gone<Gone<A>>, BEFORE, AFTER>
    for Yes
{
    type Output = (L, A);
    fn padded(further: L, axis: Gone<Gone<A>>) -> (L, A) {
        (further, axis.axis().axis())
    }
}
impl<S, L, A, const BEFORE: usize, const AFTER: usize> PadsNext<S, L, A, BEFORE, AFTER> for No
where
    S: PadsMarked<L, BEFORE, AFTER>,
{
    type Output = (<S as PadsMarked<L, BEFORE, AFTER>>::Output, A);
    #[cfg_attr(not(unoptimised), inline(always))]
    fn padded(further: L, axis: A) -> Self::Output {
        (S::padded(further), axis)
    }
}

/// The argument `Which` names one or several axes of the shape `S`, and these axes can be padded by
/// `BEFORE` elements at the start and `AFTER` at the end. `Self` is the kind of `Which`, such as a
/// position, a name or a tuple of several.
pub trait Pads<Which, S, How, const BEFORE: usize, const AFTER: usize> {
    /// The shape with the padded axes.
    type Output: Shape;
    /// The padded axes.
    const AXES: AxisSet;
    /// The shape with the padded axes, as a value.
    fn padded(shape: S) -> Self::Output;
}
impl<Which, S: Shape, Kind, How, const BEFORE: usize, const AFTER: usize>
    Pads<Which, S, How, BEFORE, AFTER> for Kind
where
    ListOf<S>: KnownAxes<S>,
    Kind: FindAxes<Which, KnownListOf<S>, How, S>,
    Kind::Marked: Marked,
    S: PadsMarked<Kind::Marked, BEFORE, AFTER, Output: FewEnough>,
{
    type Output = <<S as PadsMarked<Kind::Marked, BEFORE, AFTER>>::Output as FewEnough>::Tuple;
    const AXES: AxisSet = <Kind::Marked as Marked>::AXES;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn padded(shape: S) -> Self::Output {
        <S as PadsMarked<_, BEFORE, AFTER>>::padded(Kind::find_all(shape.into_list().known()).1)
            .few_enough()
    }
}
