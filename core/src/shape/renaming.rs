//! The relation of two shapes that have the same lengths, but axes of other types: with another
//! name, with a number and no name, or with a length that is known only at run time.
//!
//! In these relations the new shape is `Self`, so that the compiler waits until it has inferred the
//! new shape.

use super::{
    Dyn, Extent, FromEnd, KnownAxes, KnownListAfter, KnownListOf, Last, ListAfter, ListOf,
    ListTuple, NextOf, Outward, RunTimeName, Shape, Static, StaticExtent,
};

/// The static sizes `Self` and `Size` are the same number. `From` and `To`, the whole shapes, and
/// `AXIS` are for the message only.
#[diagnostic::on_unimplemented(
    message = "cannot rename `{From}` to `{To}`: axis {AXIS} has another length",
    label = "axis {AXIS} has another length",
    note = "the lengths stay the same, and so does the number of axes; another shape of as many elements is `.reshape(shape)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Lengths\""
)]
pub trait SameSize<Size, From, To, const AXIS: isize> {}
#[diagnostic::do_not_recommend]
impl<const N: usize, From, To, const AXIS: isize> SameSize<Static<N>, From, To, AXIS>
    for Static<N>
{
}

/// An axis that `Old` can be renamed to: a static axis of the same static length, or any run-time
/// length.
#[diagnostic::on_unimplemented(
    message = "cannot rename `{From}` to `{To}`: axis {AXIS} is {Old}, which may have another length than {Self}",
    label = "axis {AXIS}: `{Old}` may have another length than `{Self}`",
    note = "what is known at run time is compared by `.try_with_shape::<shape![32, 784]>()`, which returns an error where it differs",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Lengths\""
)]
pub trait RenamesAxis<Old, From, To, const AXIS: isize> {
    /// The new axis, as a value.
    fn renamed(old: Old) -> Self;
}
#[diagnostic::do_not_recommend]
impl<A: StaticExtent, Old: StaticExtent, From, To, const AXIS: isize>
    RenamesAxis<Old, From, To, AXIS> for A
where
    A::Size: SameSize<Old::Size, From, To, AXIS>,
{
    #[cfg_attr(not(unoptimised), inline(always))]
    fn renamed(_: Old) -> A {
        A::VALUE
    }
}
#[diagnostic::do_not_recommend]
impl<N: RunTimeName, Old: Extent, From, To, const AXIS: isize> RenamesAxis<Old, From, To, AXIS>
    for Dyn<N>
{
    #[cfg_attr(not(unoptimised), inline(always))]
    fn renamed(old: Old) -> Self {
        Dyn::named(old.len())
    }
}

/// This list has as many axes as the list `Old`, and each axis of `Old` can be renamed to the axis
/// at the same position of this list ([`RenamesAxis`]).
#[diagnostic::on_unimplemented(
    message = "cannot rename `{From}` to `{To}`: they have not as many axes",
    label = "not as many axes",
    note = "another shape of as many elements is `.reshape(shape)`; `.squeeze(axis)` drops an axis of length 1, `.expand_dims(axis)` makes one",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Lengths\""
)]
pub trait RenamesList<Old, From, To, P> {
    /// The new list, as a value.
    fn renamed(old: Old) -> Self;
}
#[diagnostic::do_not_recommend]
impl<From, To, P> RenamesList<(), From, To, P> for () {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn renamed((): ()) {}
}
impl<L, A, M, B, From, To, const I: isize> RenamesList<(M, B), From, To, FromEnd<I>> for (L, A)
where
    FromEnd<I>: Outward,
    A: RenamesAxis<B, From, To, I>,
    L: RenamesList<M, From, To, NextOf<I>>,
{
    #[cfg_attr(not(unoptimised), inline(always))]
    fn renamed(old: (M, B)) -> Self {
        (L::renamed(old.0), A::renamed(old.1))
    }
}

/// This shape has the same lengths as the shape `From`, but its axes may be other types.
pub trait Renames<From>: Shape {
    /// The new shape, as a value.
    fn renamed(from: From) -> Self;
}
impl<From: Shape, To: Shape> Renames<From> for To
where
    ListOf<From>: KnownAxes<From>,
    ListAfter<From, To>: KnownAxes<To>,
    KnownListAfter<From, To>:
        RenamesList<KnownListOf<From>, From, To, Last> + ListTuple<Tuple = To>,
{
    #[cfg_attr(not(unoptimised), inline(always))]
    fn renamed(from: From) -> To {
        <KnownListAfter<From, To> as RenamesList<_, From, To, Last>>::renamed(
            from.into_list().known(),
        )
        .into_tuple()
    }
}
