//! The relation of two shapes that have the same lengths, but axes of other types: with another
//! name, with a number and no name, or with a length that is known only at run time.
//!
//! In these relations the new shape is `Self`, so that the compiler waits until it has inferred the
//! new shape.

use super::{
    Extent, FromEnd, KnownAxes, KnownListAfter, KnownListOf, Last, ListAfter, ListOf, ListTuple,
    NextOf, Outward, RenamesSize, Shape, dim,
};

/// This list has as many axes as the list `Old`, and each axis of `Old` can be renamed to the axis
/// at the same position of this list ([`RenamesSize`]).
#[diagnostic::on_unimplemented(
    message = "cannot rename `{From}` to `{To}`: they have not as many axes",
    label = "not as many axes",
    note = "another shape of as many elements is `.reshape(shape)`; `.squeeze(axis)` drops an axis of length 1, `.expand_dims(axis)` makes one",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Lengths\""
)]
pub trait RenamesList<Old, From, To, P> {
    /// Always `Self`, but the compiler can resolve this type only if all axes can be renamed. If it
    /// cannot, it checks nothing that depends on this type, and reports one error.
    type Renamed;
    /// The new list, as a value.
    fn renamed(old: Old) -> Self::Renamed;
}
#[diagnostic::do_not_recommend]
impl<From, To, P> RenamesList<(), From, To, P> for () {
    type Renamed = ();
    #[cfg_attr(not(unoptimised), inline(always))]
    fn renamed((): ()) {}
}
impl<L, A: Extent, M, B: Extent, From, To, const I: isize> RenamesList<(M, B), From, To, FromEnd<I>>
    for (L, A)
where
    FromEnd<I>: Outward,
    dim::Renamed<A, B, From, To, I>: RenamesSize<B::Size, B, A, From, To, I>,
    L: RenamesList<M, From, To, NextOf<I>>,
{
    type Renamed = (L::Renamed, A);
    #[cfg_attr(not(unoptimised), inline(always))]
    fn renamed(old: (M, B)) -> (L::Renamed, A) {
        (L::renamed(old.0), dim::with_len(old.1.len()))
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
        RenamesList<KnownListOf<From>, From, To, Last, Renamed: ListTuple<Tuple = To>>,
{
    #[cfg_attr(not(unoptimised), inline(always))]
    fn renamed(from: From) -> To {
        <KnownListAfter<From, To> as RenamesList<_, From, To, Last>>::renamed(
            from.into_list().known(),
        )
        .into_tuple()
    }
}
