//! A shape with one axis replaced by the axes of another shape. For example, `take` replaces the
//! axis that it is called along by the axes of the tensor of indices.

use super::naming::{FindAxis, Gone};
use super::{Extent, FewEnough, KnownAxes, KnownListAfter, KnownListOf, ListAfter, ListOf, Shape};

/// A list whose axes can be appended to another list.
pub trait After {
    /// The list of the axes of `L`, followed by the axes of `Self`.
    type After<L>;
    /// The list of the axes of `list`, followed by the axes of `self`, as a value.
    fn after<L>(self, list: L) -> Self::After<L>;
}
impl After for () {
    type After<L> = L;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn after<L>(self, list: L) -> L {
        list
    }
}
impl<M: After, A> After for (M, A) {
    type After<L> = (M::After<L>, A);
    #[cfg_attr(not(unoptimised), inline(always))]
    fn after<L>(self, list: L) -> (M::After<L>, A) {
        (self.0.after(list), self.1)
    }
}

/// A list with one axis marked as [`Gone`], which can be replaced by the axes of the list `K`.
pub trait Splice<K> {
    /// The list with the axes of `K` in the place of the marked axis.
    type Output;
    /// The list with the axes of `K` in the place of the marked axis, as a value. `axes` is the
    /// list `K` as a value.
    fn splice(self, axes: K) -> Self::Output;
}
impl<L, A, K: After> Splice<K> for (L, Gone<A>) {
    type Output = K::After<L>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn splice(self, axes: K) -> Self::Output {
        axes.after(self.0)
    }
}
impl<L: Splice<K>, A: Extent, K> Splice<K> for (L, A) {
    type Output = (L::Output, A);
    #[cfg_attr(not(unoptimised), inline(always))]
    fn splice(self, axes: K) -> Self::Output {
        (self.0.splice(axes), self.1)
    }
}

/// `Which`, an argument whose `AxisArg::Kind` is `Self`, names one axis of the shape `S`, which is
/// replaced by the axes of the shape `K`.
#[diagnostic::on_unimplemented(
    message = "one axis of shape `{S}` is asked for here",
    label = "expected `Axis::<0>`, or an axis's own name",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait SpliceAxis<Which, S, K, How> {
    /// The named axis.
    type Found: Extent;
    /// The shape `S` with the axes of `K` in the place of the named axis.
    type Output: Shape;
    /// The position of the named axis in the shape `S` (0 is the last axis).
    const INDEX: usize;
    /// `shape` with `axes` in the place of the named axis.
    fn spliced(shape: S, axes: K) -> Self::Output;
}
impl<Which, S: Shape, K: Shape, Kind, How> SpliceAxis<Which, S, K, How> for Kind
where
    ListOf<S>: KnownAxes<S>,
    ListAfter<S, K>: KnownAxes<K>,
    Kind: FindAxis<Which, KnownListOf<S>, How, S>,
    Kind::Marked: Splice<KnownListAfter<S, K>, Output: FewEnough>,
{
    type Found = Kind::Found;
    type Output = <<Kind::Marked as Splice<KnownListAfter<S, K>>>::Output as FewEnough>::Tuple;
    const INDEX: usize = Kind::INDEX;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn spliced(shape: S, axes: K) -> Self::Output {
        let marked = Kind::find(shape.into_list().known()).1;
        marked.splice(ListOf::<S>::then(axes.into_list()).known()).few_enough()
    }
}
