//! The rule for receivers: the shape that an operation writes to, or broadcasts to, never
//! stretches. In-place operators, `assign` and `broadcast_to` require this rule.
//!
//! The two shapes are aligned at the right. Each axis of the receiver accepts an axis of the same
//! type, or no axis at all, and an axis that is a [`Length`] also accepts [`One`]. The receiver has
//! at least as many axes as the other shape.

use crate::shape::{
    BroadcastTo, Extent, FromEnd, KnownAxes, KnownListAfter, KnownListOf, Last, Length, ListAfter,
    ListOf, NextOf, One, Outward, Receives, Shape,
};

/// `Self`, an axis of the receiver, accepts the axis `Given` of the other shape: the types are the
/// same, or `Given` is `One`.
#[diagnostic::on_unimplemented(
    message = "cannot broadcast `{From}` to `{To}`: axis {AXIS} is {Given}, not {Self}",
    label = "axis {AXIS}: `{Given}` does not fit `{Self}`",
    note = "`{To}` keeps its shape; the other side stretches where it has `One`, or no axis: keep a reduced axis by `.keepdims()`, or reduce the other one; a name fits itself alone, and no generic parameter that is called the same: `.rename::<shape![..]>()` gives an axis another one",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Receivers\""
)]
pub trait FitsAxis<Given, From, To, const AXIS: isize> {
    /// Always `L`, the list of the axes to the left of this axis. But the compiler can resolve this
    /// type only if `Self` accepts `Given`. Axes are compared from the last one, so of several axes
    /// that differ the compiler reports only the last.
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

/// The receiver has fewer axes than the other shape. No type implements this trait, so the bound
/// `NoAxis: TakesAxis<..>` always fails, with the message below.
#[diagnostic::on_unimplemented(
    message = "cannot broadcast `{From}` to `{To}`: it has more axes",
    label = "`{From}` has more axes than `{To}`",
    note = "a shape does not grow to take what is larger: reduce the axes that are too many first, such as with `.sum_axis(Axis::<0>)` or `.mean_axis(Axis::<0>)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Receivers\""
)]
pub trait TakesAxis<From, To> {}
/// Stands, as the `Self` of a bound, for an axis that a shape does not have. No type implements the
/// traits of such bounds, like [`TakesAxis`]; they exist for their error messages.
#[derive(Debug)]
pub struct NoAxis;

/// Each axis of the receiver's list `Self` accepts the axis of the other shape's list `Given` with
/// which it is aligned; the lists are aligned at the right. `P` is the position of the last axes of
/// both lists in their shapes.
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
