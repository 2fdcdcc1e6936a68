//! Relations that insert new axes into a shape: at positions in the result ([`ExpandDims`],
//! [`NewAxis`]), or after the last axis ([`AppendAxis`]).
//!
//! If a call names several positions, an axis is inserted at each of them in the order of the call.
//! The result is right only if the positions are named from the outermost to the innermost.
//! [`IsLeftOf`] checks that order: removing the axes at the named positions from the result must
//! leave the original list.

use super::{
    Axis, AxisArg, ByEnd, ByStart, FindListed, FromEnd, Further, KnownAxes, KnownListOf, ListOf,
    ListTuple, Marked, Outward, Rank, Ranked, Shape, Tuple, TupleOf, kind,
};
use crate::axes::AxisSet;
use crate::shape::{Extent, One};

/// A new axis `X` can be inserted into this list at the position `Which`, which is counted in the
/// result. This list is that of a shape, possibly without some of the last axes. `P` is the
/// position that `X` has in the result if `X` is inserted after the last axis of this list.
pub trait InsertAxis<Which, How, P, X> {
    /// The list with the new axis.
    type Output;
    /// The position of the new axis in the result (0 is the last axis).
    const INDEX: usize;
    /// The list with the new axis, as a value.
    fn insert(self, axis: X) -> Self::Output;
}

#[diagnostic::do_not_recommend]
impl<L, const I: isize, X> InsertAxis<Axis<I>, ByEnd, FromEnd<I>, X> for L
where
    FromEnd<I>: Outward,
{
    type Output = (L, X);
    const INDEX: usize = <FromEnd<I> as Outward>::INDEX;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn insert(self, axis: X) -> (L, X) {
        (self, axis)
    }
}
#[diagnostic::do_not_recommend]
impl<L: Ranked<Rank = Rank<I>>, const I: isize, P: Outward, X> InsertAxis<Axis<I>, ByStart, P, X>
    for L
{
    type Output = (L, X);
    const INDEX: usize = P::INDEX;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn insert(self, axis: X) -> (L, X) {
        (self, axis)
    }
}
#[diagnostic::do_not_recommend]
impl<L, A: Extent, Which, How, P: Outward, X> InsertAxis<Which, Further<How>, P, X> for (L, A)
where
    L: InsertAxis<Which, How, P::Next, X>,
{
    type Output = (L::Output, A);
    const INDEX: usize = L::INDEX;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn insert(self, axis: X) -> (L::Output, A) {
        (self.0.insert(axis), self.1)
    }
}

/// `Self`, which is `Axis<I>`, is a position at which a new axis `X` can be inserted into the shape
/// `S`. The position is counted in the result.
#[diagnostic::on_unimplemented(
    message = "axis {I} is out of range for shape `{S}` with one more axis",
    label = "a new axis cannot stand at {I}",
    note = "the position counts in the result, which has one axis more, as in NumPy's `expand_dims`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait Insertable<const I: isize, S, How, X> {
    /// The shape `S` with the new axis `X`.
    type Output: Shape;
    /// The position of the new axis in the result (0 is the last axis).
    const INDEX: usize;
    /// The shape with the new axis, as a value.
    fn inserted(shape: S, axis: X) -> Self::Output;
}
#[diagnostic::do_not_recommend]
impl<S: Shape, const I: isize, How, X> Insertable<I, S, How, X> for Axis<I>
where
    ListOf<S>: KnownAxes<S>,
    KnownListOf<S>: InsertAxis<Axis<I>, How, FromEnd<-1>, X, Output: FewEnough>,
{
    type Output =
        <<KnownListOf<S> as InsertAxis<Axis<I>, How, FromEnd<-1>, X>>::Output as FewEnough>::Tuple;
    const INDEX: usize = <KnownListOf<S> as InsertAxis<Axis<I>, How, FromEnd<-1>, X>>::INDEX;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn inserted(shape: S, axis: X) -> Self::Output {
        shape.into_list().known().insert(axis).few_enough()
    }
}

/// Implemented for the ranks 0 to 7: a shape `S` of such a rank has room for one more axis.
#[diagnostic::on_unimplemented(
    message = "a shape has at most 8 axes: `{S}` has no room for one more",
    label = "the result would have 9 axes",
    note = "remove an axis first, by `.squeeze(axis)`, or make one of several, by `.reshape(shape)`"
)]
pub trait HasRoom<S> {
    /// Always `X`, but the compiler can resolve this type only if the shape `S` has room for one
    /// more axis. If not, the compiler reports one error, and checks nothing that depends on this
    /// type.
    type Then<X>;
}
macro_rules! has_room {
    ($($rank:literal)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<S> HasRoom<S> for Rank<$rank> {
            type Then<X> = X;
        }
    )*};
}
has_room! { 0 1 2 3 4 5 6 7 }

/// `Which`, an argument whose `AxisArg::Kind` is `Self`, names one or more positions for new axes
/// of the shape `S`. The positions are counted in the result.
#[diagnostic::on_unimplemented(
    message = "`{Which}` is no position for a new axis",
    label = "expected `Axis::<0>` or another position, or several in a tuple",
    note = "the new axis is `One` and has no name of its own yet: say where it stands in the result",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait ExpandDims<Which, S, How> {
    /// The shape `S` with a new axis [`One`] at each named position.
    type Output: Shape;
    /// The positions of the new axes in the result.
    const AXES: AxisSet;
    /// The shape with the new axes, as a value.
    fn expanded(shape: S) -> Self::Output;
}
impl<S: Shape, const I: isize, How> ExpandDims<Axis<I>, S, How> for kind::Position
where
    ListOf<S>: KnownAxes<S, List: Ranked<Rank: HasRoom<S>>>,
    InRoom<S, I>: Insertable<I, S, How, One>,
{
    type Output = <InRoom<S, I> as Insertable<I, S, How, One>>::Output;
    const AXES: AxisSet = AxisSet::of(<InRoom<S, I> as Insertable<I, S, How, One>>::INDEX);
    #[cfg_attr(not(unoptimised), inline(always))]
    fn expanded(shape: S) -> Self::Output {
        InRoom::<S, I>::inserted(shape, One)
    }
}
/// `Which`, an argument whose `AxisArg::Kind` is `Self`, is a position for a new axis `X` of the
/// shape `S`. The position is counted in the result.
#[diagnostic::on_unimplemented(
    message = "`{Which}` is no position for a new axis",
    label = "expected `Axis::<0>` or another position",
    note = "the new axis has no name of its own yet: say where it stands in the result",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait NewAxis<Which, S, How, X> {
    /// The shape `S` with the new axis `X`.
    type Output: Shape;
    /// The position of the new axis in the result (0 is the last axis).
    const INDEX: usize;
    /// The shape with the new axis, as a value.
    fn with_axis(shape: S, axis: X) -> Self::Output;
}
impl<S: Shape, const I: isize, How, X> NewAxis<Axis<I>, S, How, X> for kind::Position
where
    ListOf<S>: KnownAxes<S, List: Ranked<Rank: HasRoom<S>>>,
    InRoom<S, I>: Insertable<I, S, How, X>,
{
    type Output = <InRoom<S, I> as Insertable<I, S, How, X>>::Output;
    const INDEX: usize = <InRoom<S, I> as Insertable<I, S, How, X>>::INDEX;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn with_axis(shape: S, axis: X) -> Self::Output {
        InRoom::<S, I>::inserted(shape, axis)
    }
}
/// The new axis `X` can be appended to this shape, which has room for one more axis.
pub trait AppendAxis<X>: Shape {
    /// The shape with the new axis.
    type Output: Shape;
    /// The shape with the new axis, as a value.
    fn appended(self, axis: X) -> <Self as AppendAxis<X>>::Output;
}
impl<S: Shape, X: Extent> AppendAxis<X> for S
where
    ListOf<S>: KnownAxes<S>,
    (KnownListOf<S>, X): FewEnough,
{
    type Output = <(KnownListOf<S>, X) as FewEnough>::Tuple;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn appended(self, axis: X) -> <Self as AppendAxis<X>>::Output {
        (self.into_list().known(), axis).few_enough()
    }
}

/// Always `Axis<I>`, but the compiler can resolve this type only if the shape `S` has room for one
/// more axis. If not, the compiler reports one error, and checks nothing that depends on this type.
type InRoom<S, const I: isize> = <<KnownListOf<S> as Ranked>::Rank as HasRoom<S>>::Then<Axis<I>>;

/// A list of at most eight axes, which is the list of a shape.
pub trait FewEnough {
    /// The shape with this list.
    type Tuple: Shape;
    /// The shape with this list, as a value.
    fn few_enough(self) -> Self::Tuple;
}
impl<L: ListTuple> FewEnough for L {
    type Tuple = TupleOf<L>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn few_enough(self) -> TupleOf<L> {
        self.into_tuple()
    }
}

/// This list holds positions such as `Axis<0>`. A new axis of the shape `S` is inserted at each of
/// them, one after the other.
pub trait ExpandEach<S, How> {
    /// The shape `S` with a new axis [`One`] at each position.
    type Output: Shape;
    /// The shape with the new axes, as a value.
    fn expanded_each(shape: S) -> Self::Output;
}
impl<S: Shape> ExpandEach<S, ()> for () {
    type Output = S;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn expanded_each(shape: S) -> S {
        shape
    }
}
impl<S: Shape, Before, HowBefore, Which: AxisArg, How> ExpandEach<S, (HowBefore, How)>
    for (Before, Which)
where
    Before: ExpandEach<S, HowBefore>,
    Which::Kind: ExpandDims<Which, Before::Output, How>,
{
    type Output = <Which::Kind as ExpandDims<Which, Before::Output, How>>::Output;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn expanded_each(shape: S) -> Self::Output {
        Which::Kind::expanded(Before::expanded_each(shape))
    }
}

/// `Self` is `List`, the list of the original shape `S`. `Self` is what is left of the list of the
/// result when the axes at the named positions are removed, so these axes are the new ones. The
/// relation fails if the positions are named in another order than from the outermost to the
/// innermost, because inserting an axis then moves an axis that has already been inserted.
#[diagnostic::on_unimplemented(
    message = "the new axes of shape `{S}` are not named from the outermost to the innermost",
    label = "positions count in the result: name them in rising order",
    note = "write `(Axis::<0>, Axis::<2>)`, not `(Axis::<2>, Axis::<0>)`; from the end it is `(Axis::<-1>, Axis::<-3>)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait IsLeftOf<List, S> {}
#[diagnostic::do_not_recommend]
impl<List, S> IsLeftOf<List, S> for List {}

impl<S: Shape, Which: Tuple, How, HowFound, Out: Shape> ExpandDims<Which, S, (How, HowFound)>
    for kind::Several
where
    Which::List: ExpandEach<S, How, Output = Out> + FindListed<ListOf<Out>, HowFound, Out>,
    OnceFound<Which::List, HowFound, Out>: Marked<Removed: IsLeftOf<ListOf<S>, S>>,
{
    type Output = Out;
    const AXES: AxisSet = <OnceFound<Which::List, HowFound, Out> as Marked>::AXES;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn expanded(shape: S) -> Out {
        Which::List::expanded_each(shape)
    }
}
/// Always the list of the shape `S` in which the axes named in `Which` are marked, but the compiler
/// can resolve this type only if each of these axes is found, and named once. If not, the compiler
/// reports one error, and checks nothing that depends on this type.
type OnceFound<Which, How, S> = <Which as FindListed<ListOf<S>, How, S>>::Then<
    <Which as FindListed<ListOf<S>, How, S>>::Marked,
>;
