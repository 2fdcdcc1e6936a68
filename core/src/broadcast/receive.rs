//! The rule for receivers: whatever is written to never stretches. In-place operators, `assign` and
//! `broadcast_to` require it.
//!
//! Aligned at the right, each axis of the receiver takes the same type, [`One`] if the receiver has
//! a length there, or no axis at all. The receiver has at least as many axes as the other side.

use crate::shape::{
    BroadcastTo, Extent, FromEnd, KnownAxes, KnownListAfter, KnownListOf, Last, Length, ListAfter,
    ListOf, NextOf, One, Outward, Receives, Shape,
};

/// An axis of the receiver takes the axis `Given`: the same type, or `One`.
#[diagnostic::on_unimplemented(
    message = "cannot broadcast `{From}` to `{To}`: axis {AXIS} is {Given}, not {Self}",
    label = "axis {AXIS}: `{Given}` does not fit `{Self}`",
    note = "`{To}` keeps its shape; the other side stretches where it has `One`, or no axis: keep a reduced axis by `.keepdims()`, or reduce the other one; a name fits itself alone, and no generic parameter that is called the same: `.rename::<shape![..]>()` gives an axis another one",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Receivers\""
)]
pub trait FitsAxis<Given, From, To, const AXIS: isize> {
    /// `L`, the axes further out, resolved only where this axis fits.
    type Beyond<L>;
}
#[diagnostic::do_not_recommend]
impl<A: Extent, From, To, const AXIS: isize> FitsAxis<A, From, To, AXIS> for A {
    type Beyond<L> = L;
}
#[diagnostic::do_not_recommend]
impl<D: Length, From, To, const AXIS: isize> FitsAxis<One, From, To, AXIS> for D {
    type Beyond<L> = L;
}

/// The end of a receiver's list takes a further axis: nothing implements this.
#[diagnostic::on_unimplemented(
    message = "cannot broadcast `{From}` to `{To}`: it has more axes",
    label = "`{From}` has more axes than `{To}`",
    note = "a shape does not grow to take what is larger: reduce the axes that are too many first, such as with `.sum_axis(Axis::<0>)` or `.mean_axis(Axis::<0>)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Receivers\""
)]
pub trait TakesAxis<From, To> {}
/// Stands for the end of a list, before its first axis, where a relation needs an axis and there is
/// none.
#[derive(Debug)]
pub struct NoAxis;

/// A list of a receiver, which takes the list `Given` axis by axis, from the last. `P` is the
/// position of the last axes.
pub trait FitsList<Given, From, To, P> {}
impl<From, To, P> FitsList<(), From, To, P> for () {}
impl<L, A, From, To, P> FitsList<(), From, To, P> for (L, A) {}
impl<R, B, From, To, P> FitsList<(R, B), From, To, P> for () where NoAxis: TakesAxis<From, To> {}
impl<L, A, R, B, From, To, const I: isize> FitsList<(R, B), From, To, FromEnd<I>> for (L, A)
where
    FromEnd<I>: Outward,
    A: FitsAxis<B, From, To, I>,
    A::Beyond<L>: FitsList<R, From, To, NextOf<I>>,
{
}

impl<From: Shape, To: Receives<From>> BroadcastTo<To> for From {}
impl<From: Shape, To: Shape> Receives<From> for To
where
    ListOf<From>: KnownAxes<From>,
    ListAfter<From, To>: KnownAxes<To>,
    KnownListAfter<From, To>: FitsList<KnownListOf<From>, From, To, Last>,
{
}
