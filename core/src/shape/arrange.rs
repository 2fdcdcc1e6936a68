//! Relations that rearrange the axes of one shape: a new axis, an axis fewer, another order.

use super::{
    Axis, AxisSet, FindAxes, FromEnd, Gone, HasAxes, ListOf, ListTuple, Outward, PerAxis, Rank, Ranked,
    Shape, Tuple, TupleOf,
};
use crate::dim::{Extent, One};

// ---- a new axis ------------------------------------------------------------------------------------------------------

/// Where a list takes a new axis, `P` being the position of the end of the list in the result.
pub trait InsertAxis<Which, How, P> {
    /// The list with [`One`] at the new axis.
    type Output;
    /// The position of the new axis from the end, 0 for the last.
    const INDEX: usize;
    /// The list with the new axis, as a value.
    fn insert(self) -> Self::Output;
}
/// The new axis stands here, counted from the end of the result.
#[derive(Debug)]
pub struct AtEnd;
/// The new axis stands here, counted from the start of the result.
#[derive(Debug)]
pub struct AtStart;
/// The new axis stands further out.
#[derive(Debug)]
pub struct Beyond<How>(How);

#[diagnostic::do_not_recommend]
impl<L, const I: isize> InsertAxis<Axis<I>, AtEnd, FromEnd<I>> for L
where
    FromEnd<I>: Outward,
{
    type Output = (L, One);
    const INDEX: usize = <FromEnd<I> as Outward>::INDEX;
    #[inline(always)]
    fn insert(self) -> (L, One) {
        (self, One)
    }
}
#[diagnostic::do_not_recommend]
impl<L: Ranked<Rank = Rank<I>>, const I: isize, P: Outward> InsertAxis<Axis<I>, AtStart, P> for L {
    type Output = (L, One);
    const INDEX: usize = P::INDEX;
    #[inline(always)]
    fn insert(self) -> (L, One) {
        (self, One)
    }
}
#[diagnostic::do_not_recommend]
impl<L, A: Extent, Which, How, P: Outward> InsertAxis<Which, Beyond<How>, P> for (L, A)
where
    L: InsertAxis<Which, How, P::Next>,
{
    type Output = (L::Output, A);
    const INDEX: usize = L::INDEX;
    #[inline(always)]
    fn insert(self) -> (L::Output, A) {
        (self.0.insert(), self.1)
    }
}

/// The axis is a position for a new axis of the shape `S`, counted in the result.
#[diagnostic::on_unimplemented(
    message = "axis {I} is out of range for shape `{S}` with one more axis",
    label = "a new axis cannot stand at {I}",
    note = "the position counts in the result, which has one axis more, as in NumPy's `expand_dims`; a shape has at most 8 axes",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait Insertable<const I: isize, S, How> {
    /// The shape with [`One`] at the new axis.
    type Output: Shape;
    /// The position of the new axis from the end, 0 for the last.
    const INDEX: usize;
    /// The shape with the new axis, as a value.
    fn expand(shape: S) -> Self::Output;
}
#[diagnostic::do_not_recommend]
impl<S: Shape, const I: isize, How> Insertable<I, S, How> for Axis<I>
where
    ListOf<S>: InsertAxis<Axis<I>, How, FromEnd<-1>, Output: FewEnough>,
{
    type Output = <<ListOf<S> as InsertAxis<Axis<I>, How, FromEnd<-1>>>::Output as FewEnough>::Tuple;
    const INDEX: usize = <ListOf<S> as InsertAxis<Axis<I>, How, FromEnd<-1>>>::INDEX;
    #[inline(always)]
    fn expand(shape: S) -> Self::Output {
        shape.into_list().insert().few_enough()
    }
}

/// The shape can take a new axis at `Which`, a position in the result.
#[diagnostic::on_unimplemented(
    message = "`{Which}` is no position for a new axis",
    label = "expected `Axis::<0>` or another position",
    note = "the new axis is `One` and has no name of its own yet: say where it stands in the result",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait ExpandDims<Which, How>: Shape {
    /// The shape with [`One`] at the new axis.
    type Output: Shape;
    /// The position of the new axis from the end, 0 for the last.
    const INDEX: usize;
    /// The shape with the new axis, as a value.
    fn expanded(self) -> Self::Output;
}
impl<S: Shape, const I: isize, How> ExpandDims<Axis<I>, How> for S
where
    Axis<I>: Insertable<I, S, How>,
{
    type Output = <Axis<I> as Insertable<I, S, How>>::Output;
    const INDEX: usize = <Axis<I> as Insertable<I, S, How>>::INDEX;
    #[inline(always)]
    fn expanded(self) -> Self::Output {
        Axis::<I>::expand(self)
    }
}

/// A list of at most eight axes.
pub trait FewEnough {
    /// The list as a shape.
    type Tuple: Shape;
    /// The list as a shape, as a value.
    fn few_enough(self) -> Self::Tuple;
}
impl<L: ListTuple> FewEnough for L {
    type Tuple = TupleOf<L>;
    #[inline(always)]
    fn few_enough(self) -> TupleOf<L> {
        self.into_tuple()
    }
}

// ---- an axis fewer ---------------------------------------------------------------------------------------------------

/// An axis that can be squeezed out: [`One`].
#[diagnostic::on_unimplemented(
    message = "cannot squeeze `{Which}` out of shape `{From}`: its length is {Self}, not `One`",
    label = "only an axis of length `One` can go",
    note = "to drop a longer axis reduce it, or take a part of it with `.slice(..)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait IsOne<From, Which> {}
#[diagnostic::do_not_recommend]
impl<From, Which> IsOne<From, Which> for One {}

/// A list of axes that can all be squeezed out.
pub trait AllOne<From, Which> {}
impl<From, Which> AllOne<From, Which> for () {}
impl<L: AllOne<From, Which>, A: IsOne<From, Which>, From, Which> AllOne<From, Which> for (L, A) {}

/// The shape can lose the axes `Which`, which are `One`.
pub trait SqueezeAxis<Which, Kind, How>: Shape {
    /// The shape without the axes.
    type Output: Shape;
    /// Which axes they are, one bit an axis from the last.
    const AXES: AxisSet;
    /// The shape without the axes, as a value.
    fn squeezed(self) -> Self::Output;
}
impl<S, Which, Kind, How> SqueezeAxis<Which, Kind, How> for S
where
    S: HasAxes<Which, Kind, How, Found: AllOne<S, Which>>,
{
    type Output = <S as HasAxes<Which, Kind, How>>::Removed;
    const AXES: AxisSet = <S as HasAxes<Which, Kind, How>>::AXES;
    #[inline(always)]
    fn squeezed(self) -> Self::Output {
        self.removed()
    }
}

// ---- another order ---------------------------------------------------------------------------------------------------

/// A list of which every axis is marked.
pub trait AllGone {}
impl AllGone for () {}
impl<L: AllGone> AllGone for (L, Gone) {}

/// The axes `Order` name every axis of the shape once.
#[diagnostic::on_unimplemented(
    message = "`{Order}` is no permutation of the axes of shape `{Self}`",
    label = "every axis of the shape must be named once",
    note = "for a matrix write `(Axis::<1>, Axis::<0>)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait PermuteDims<Order, How>: Shape {
    /// The shape in the new order.
    type Output: Shape;
    /// For each axis of the result, from the last: the axis of this shape, 0 for the last.
    const INDICES: PerAxis<usize>;
    /// The shape in the new order, as a value.
    fn permuted(self) -> Self::Output;
}
#[diagnostic::do_not_recommend]
impl<S: Shape, Order: Tuple, How> PermuteDims<Order, How> for S
where
    Order::List: FindAxes<ListOf<S>, How, S, Found: FewEnough, Marked: AllGone>,
{
    type Output = <<Order::List as FindAxes<ListOf<S>, How, S>>::Found as FewEnough>::Tuple;
    const INDICES: PerAxis<usize> = <Order::List as FindAxes<ListOf<S>, How, S>>::INDICES;
    #[inline(always)]
    fn permuted(self) -> Self::Output {
        Order::List::find_all(self.into_list()).0.few_enough()
    }
}
