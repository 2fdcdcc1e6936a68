//! The data `(.., n)` of layers that normalise along the last axis.
//!
//! The list of axes is checked in two steps: [`EndsInNormalized`] requires that the list is not
//! empty, and [`NormalizedAxis`] that the last axis is the one that the layer normalises along.

use crate::axes::AxisSet;
use crate::shape::{
    Dim, Extent, KnownAxes, KnownListOf, Length, ListOf, ListTuple, One, Shape, TupleOf, beyond,
};

/// The set that has only the last axis, which is bit 0.
pub(super) const LAST: AxisSet = AxisSet(1);

/// `Self`, the last axis of the shape `S`, is the axis `N` along which the layer `By` normalises.
/// If `N` is `Dim<1>`, `Self` may also be [`One`].
#[diagnostic::on_unimplemented(
    message = "`{By}` cannot take `{S}`: the last axis is {Self}, not {N}",
    label = "expected data whose last axis is {N}",
    note = "the layer normalises along the last axis: `.permute_dims(..)` moves another axis there, `.rename::<shape![..]>()` gives it another name",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait NormalizedAxis<N, S, By>: Extent {
    /// Always `List`, the axes of the result. But the compiler can resolve this type only if the
    /// axis fits, so that a mistake is reported once.
    type Beyond<List>;
    /// Returns `list`, as a value of the type `Beyond<List>`.
    fn beyond<List>(list: List) -> Self::Beyond<List>;
}
#[diagnostic::do_not_recommend]
impl<N: Length, S, By> NormalizedAxis<N, S, By> for N {
    beyond!();
}
#[diagnostic::do_not_recommend]
impl<S, By> NormalizedAxis<Dim<1>, S, By> for One {
    beyond!();
}

/// Rejects a shape `S` without axes, which the layer `By` cannot take: nothing implements this
/// trait.
pub trait NormalizesNothing<N, S, By> {
    /// Never used, as nothing implements the trait.
    type Kept;
    /// Never used, as nothing implements the trait.
    fn kept() -> Self::Kept;
}

/// `Self`, the list of the axes of `S`, ends in the axis `N` along which the layer `By` normalises.
pub trait EndsInNormalized<N, S, By> {
    /// The list with [`One`] in place of the last axis.
    type Kept;
    /// The list with [`One`] in place of the last axis, as a value, and the length of that axis.
    fn kept(self) -> (Self::Kept, usize);
}
impl<N, S, By> EndsInNormalized<N, S, By> for ()
where
    (): NormalizesNothing<N, S, By>,
{
    type Kept = <() as NormalizesNothing<N, S, By>>::Kept;
    fn kept(self) -> (Self::Kept, usize) {
        (<() as NormalizesNothing<N, S, By>>::kept(), 0)
    }
}
impl<L, A: NormalizedAxis<N, S, By>, N, S, By> EndsInNormalized<N, S, By> for (L, A) {
    type Kept = A::Beyond<(L, One)>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn kept(self) -> (Self::Kept, usize) {
        (A::beyond((self.0, One)), self.1.len())
    }
}

/// Data of this shape, `(.., n)`, can be normalised along its last axis by the layer `By`. The
/// message of this trait is also printed if [`NormalizesNothing`] fails: if one type lacks two
/// traits, the compiler prints the message of the trait that the call requires.
#[diagnostic::on_unimplemented(
    message = "`{By}` cannot take `{Self}`: it has no axis",
    label = "expected data whose last axis is {N}",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait NormData<N, By>: Shape {
    /// The shape with [`One`] in place of the last axis.
    type Kept: Shape;
    /// The shape with [`One`] in place of the last axis, as a value, and the length of that axis.
    fn kept(self) -> (Self::Kept, usize);
}
impl<S: Shape, N: Length, By> NormData<N, By> for S
where
    ListOf<S>: KnownAxes<S>,
    KnownListOf<S>: EndsInNormalized<N, S, By, Kept: ListTuple>,
{
    type Kept = TupleOf<<KnownListOf<S> as EndsInNormalized<N, S, By>>::Kept>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn kept(self) -> (Self::Kept, usize) {
        let (list, len) = self.into_list().known().kept();
        (list.into_tuple(), len)
    }
}
