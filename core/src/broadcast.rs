//! The broadcast rule: two axes match when they are the same type, or one of them is `One`.
//!
//! [`JoinAxis`] is the whole rule for one pair of axes. [`JoinList`] aligns two shapes at the right and applies it axis by
//! axis; [`SideList`] folds which side stretched; [`Broadcast`] is the relation that operators ask for. The parameters
//! `Left`, `Right` and `AXIS` are carried for the message alone.

use crate::dim::{Extent, Length, One};
use crate::shape::{FromEnd, ListOf, ListTuple, Outward, Shape, TupleOf};

mod receive;
mod three;

pub use receive::{BroadcastTo, FitsList, NoAxis, TakesAxis};
pub use three::Broadcast3;

// ---- one pair of axes: the truth table -------------------------------------------------------------------------------

/// Two axes match; what the axis of the result is, and which side stretched to it.
#[diagnostic::on_unimplemented(
    message = "cannot broadcast `{Left}` with `{Right}`: axis {AXIS} is {Self} on the left, {Rhs} on the right",
    label = "axis {AXIS}: `{Self}` does not match `{Rhs}`",
    note = "two axes match when they are the same, or one is `One`; see whether an operand wants `.keepdims()`, `.expand_dims(axis)` or `.permute_dims(..)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Broadcasting\""
)]
pub trait JoinAxis<Rhs, Left, Right, const AXIS: isize> {
    /// The axis of the result.
    type Output: Extent;
    /// Which side stretched.
    type Stretched: Side;
    /// The axis of the result, as a value.
    fn join(self, rhs: Rhs) -> Self::Output;
}
#[diagnostic::do_not_recommend]
impl<D: Length, Left, Right, const AXIS: isize> JoinAxis<D, Left, Right, AXIS> for D {
    type Output = D;
    type Stretched = Neither;
    #[inline(always)]
    fn join(self, _: D) -> D {
        self
    }
}
#[diagnostic::do_not_recommend]
impl<D: Length, Left, Right, const AXIS: isize> JoinAxis<One, Left, Right, AXIS> for D {
    type Output = D;
    type Stretched = RightSide;
    #[inline(always)]
    fn join(self, _: One) -> D {
        self
    }
}
#[diagnostic::do_not_recommend]
impl<D: Length, Left, Right, const AXIS: isize> JoinAxis<D, Left, Right, AXIS> for One {
    type Output = D;
    type Stretched = LeftSide;
    #[inline(always)]
    fn join(self, rhs: D) -> D {
        rhs
    }
}
#[diagnostic::do_not_recommend]
impl<Left, Right, const AXIS: isize> JoinAxis<One, Left, Right, AXIS> for One {
    type Output = One;
    type Stretched = Neither;
    #[inline(always)]
    fn join(self, _: One) -> One {
        self
    }
}

// ---- which sides stretched -------------------------------------------------------------------------------------------

/// Neither side stretched.
#[derive(Debug)]
pub struct Neither;
/// The left side stretched.
#[derive(Debug)]
pub struct LeftSide;
/// The right side stretched.
#[derive(Debug)]
pub struct RightSide;
/// Each side stretched somewhere.
#[derive(Debug)]
pub struct BothSides;

/// Which sides of a broadcast stretched: [`Neither`], [`LeftSide`], [`RightSide`] or [`BothSides`].
pub trait Side {
    /// The sides that stretched here or in `Other`.
    type And<Other: Side>: Side;
    /// [`AndLeft`](Side::AndLeft) and [`AndRight`](Side::AndRight): one more stretched side.
    type AndLeft: Side;
    /// One more stretched side.
    type AndRight: Side;
}
impl Side for Neither {
    type And<Other: Side> = Other;
    type AndLeft = LeftSide;
    type AndRight = RightSide;
}
impl Side for LeftSide {
    type And<Other: Side> = Other::AndLeft;
    type AndLeft = LeftSide;
    type AndRight = BothSides;
}
impl Side for RightSide {
    type And<Other: Side> = Other::AndRight;
    type AndLeft = BothSides;
    type AndRight = RightSide;
}
impl Side for BothSides {
    type And<Other: Side> = BothSides;
    type AndLeft = BothSides;
    type AndRight = BothSides;
}

/// One side at most stretched, so that the result has the shape of an operand.
#[diagnostic::on_unimplemented(
    message = "`{Left}` with `{Right}` would stretch both operands: the result has the shape of neither",
    label = "both operands would stretch",
    note = "`(n,)` with `(n, 1)` gives `(n, n)`: for every pair write `a.stretch()`; if that is not meant, drop or move an axis",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Both operands stretch\""
)]
pub trait OneSided<Left, Right> {}
#[diagnostic::do_not_recommend]
impl<Left, Right> OneSided<Left, Right> for Neither {}
#[diagnostic::do_not_recommend]
impl<Left, Right> OneSided<Left, Right> for LeftSide {}
#[diagnostic::do_not_recommend]
impl<Left, Right> OneSided<Left, Right> for RightSide {}

// ---- two lists: alignment at the right -------------------------------------------------------------------------------

/// Two lists match axis by axis from the last, `P` being the position of their last axes.
pub trait JoinList<Rhs, Left, Right, P> {
    /// The list of the result.
    type Output;
    /// The list of the result, as a value.
    fn join(self, rhs: Rhs) -> Self::Output;
}
impl<Left, Right, P> JoinList<(), Left, Right, P> for () {
    type Output = ();
    #[inline(always)]
    fn join(self, (): ()) {}
}
impl<R, B, Left, Right, P> JoinList<(R, B), Left, Right, P> for () {
    type Output = (R, B);
    #[inline(always)]
    fn join(self, rhs: (R, B)) -> (R, B) {
        rhs
    }
}
impl<L, A, Left, Right, P> JoinList<(), Left, Right, P> for (L, A) {
    type Output = (L, A);
    #[inline(always)]
    fn join(self, (): ()) -> (L, A) {
        self
    }
}
impl<L, A, R, B, Left, Right, const I: isize> JoinList<(R, B), Left, Right, FromEnd<I>> for (L, A)
where
    FromEnd<I>: Outward,
    A: JoinAxis<B, Left, Right, I>,
    L: JoinList<R, Left, Right, <FromEnd<I> as Outward>::Next>,
{
    type Output = (L::Output, A::Output);
    #[inline(always)]
    fn join(self, rhs: (R, B)) -> (L::Output, A::Output) {
        (self.0.join(rhs.0), self.1.join(rhs.1))
    }
}

/// Which sides stretch when two lists are joined. A missing axis counts as `One`, and a side of a smaller rank stretches.
pub trait SideList<Rhs, Left, Right, P> {
    /// The sides that stretch.
    type Side: Side;
}
impl<Left, Right, P> SideList<(), Left, Right, P> for () {
    type Side = Neither;
}
impl<R, B, Left, Right, P> SideList<(R, B), Left, Right, P> for () {
    type Side = LeftSide;
}
impl<L, A, Left, Right, P> SideList<(), Left, Right, P> for (L, A) {
    type Side = RightSide;
}
impl<L, A, R, B, Left, Right, const I: isize> SideList<(R, B), Left, Right, FromEnd<I>> for (L, A)
where
    FromEnd<I>: Outward,
    A: JoinAxis<B, Left, Right, I>,
    L: SideList<R, Left, Right, <FromEnd<I> as Outward>::Next>,
{
    type Side = <A::Stretched as Side>::And<L::Side>;
}

// ---- two shapes --------------------------------------------------------------------------------------------------------

/// Operators stretch one operand at most: the mode of every operand but [`stretch`](crate::ops::Evaluate::stretch)'s.
#[derive(Debug)]
pub struct Strict;
/// NumPy's full rule: both operands may stretch.
#[derive(Debug)]
pub struct Free;

/// How far a broadcast may go: [`Strict`] or [`Free`].
pub trait Mode {
    /// `Free` if either is.
    type Or<Other: Mode>: Mode;
}
impl Mode for Strict {
    type Or<Other: Mode> = Other;
}
impl Mode for Free {
    type Or<Other: Mode> = Free;
}

/// The mode admits the sides that stretch.
pub trait Admits<Left, Right> {}
impl<Left: Shape, Right: Shape> Admits<Left, Right> for Strict where
    ListOf<Left>: SideList<ListOf<Right>, Left, Right, FromEnd<-1>, Side: OneSided<Left, Right>>
{
}
impl<Left, Right> Admits<Left, Right> for Free {}

/// The two shapes broadcast with each other under the mode.
///
/// NumPy's rule (User Guide, "Broadcasting"): shapes align at the right, a missing axis counts as 1, and two axes match when
/// they are equal or one is 1. Here "equal" is type equality, and only [`One`] stretches. By default the result
/// has the shape of one of the two; the mode of [`stretch`](crate::ops::Evaluate::stretch) is the full rule.
pub trait Broadcast<Rhs, M = Strict>: Shape {
    /// The shape of the result.
    type Output: Shape;
    /// The shape of the result, as a value.
    fn broadcast(self, rhs: Rhs) -> Self::Output;
}
impl<Left: Shape, Right: Shape, M> Broadcast<Right, M> for Left
where
    ListOf<Left>: JoinList<ListOf<Right>, Left, Right, FromEnd<-1>, Output: ListTuple>,
    M: Admits<Left, Right>,
{
    type Output = TupleOf<<ListOf<Left> as JoinList<ListOf<Right>, Left, Right, FromEnd<-1>>>::Output>;
    #[inline(always)]
    fn broadcast(self, rhs: Right) -> Self::Output {
        self.into_list().join(rhs.into_list()).into_tuple()
    }
}

/// The shape that two shapes broadcast to.
///
/// ```
/// use shapewright::{BroadcastOf, Shape, shape};
/// type Out = BroadcastOf<shape![1000, 256], shape![256]>;
/// let _: Out = shape![1000, 256];
/// ```
pub type BroadcastOf<Lhs, Rhs, M = Strict> = <Lhs as Broadcast<Rhs, M>>::Output;
