//! The broadcast rule: two axes match when they are the same type, or one of them is `One`.
//!
//! [`JoinAxis`] is the whole rule for one pair of axes. [`JoinList`] aligns two shapes at the right, applies it axis by axis and folds
//! which side stretched; [`Broadcast`] is the relation that operators ask for. The parameters `Left`, `Right` and `AXIS` are
//! carried for the message alone.
//!
//! One mistake is one error: what a relation gives is a projection of the relation that may fail (`Beyond`, `Then`), so that
//! the compiler has nothing to say of what comes after the failure. Each of these projections is the identity.

use crate::shape::{
    Extent, FromEnd, Last, Length, ListOf, ListTuple, NextOf, One, Outward, Shape, TupleOf, beyond, then,
};

mod product;
mod receive;
mod three;

pub use crate::shape::{Broadcast, Broadcast3, BroadcastTo, Strict};
pub use product::{MatMul, MatMulList};
pub use receive::{FitsList, NoAxis, TakesAxis};

// ---- one pair of axes: the truth table -------------------------------------------------------------------------------

/// Two axes match; what the axis of the result is, and which side stretched to it.
#[diagnostic::on_unimplemented(
    message = "cannot broadcast `{Left}` with `{Right}`: axis {AXIS} is {Self} on the left, {Rhs} on the right",
    label = "axis {AXIS}: `{Self}` does not match `{Rhs}`",
    note = "two axes match when they are the same, or one is `One`: keep a reduced axis by `.keepdims()`, or reduce the other one; align a vector with another axis than the last by `v.along(&x, axis)`; turn a matrix by `.t()`; a name matches itself alone, and no generic parameter that is called the same: `.rename::<shape![..]>()` gives an axis another one",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Broadcasting\""
)]
pub trait JoinAxis<Rhs, Left, Right, const AXIS: isize> {
    /// The axis of the result.
    type Output: Extent;
    /// Which side stretched.
    type Stretched: Side;
    /// `L`: the axes further out, which are looked at only where these two match.
    type Beyond<L>;
    /// The axis of the result, as a value.
    fn join(self, rhs: Rhs) -> Self::Output;
    /// The list of the axes further out, as a value.
    fn beyond<L>(list: L) -> Self::Beyond<L>;
}

#[diagnostic::do_not_recommend]
impl<A: Extent, Left, Right, const AXIS: isize> JoinAxis<A, Left, Right, AXIS> for A {
    type Output = A;
    type Stretched = Neither;
    beyond!();
    #[cfg_attr(not(unoptimised), inline(always))]
    fn join(self, _: A) -> A {
        self
    }
}
#[diagnostic::do_not_recommend]
impl<D: Length, Left, Right, const AXIS: isize> JoinAxis<One, Left, Right, AXIS> for D {
    type Output = D;
    type Stretched = RightSide;
    beyond!();
    #[cfg_attr(not(unoptimised), inline(always))]
    fn join(self, _: One) -> D {
        self
    }
}
#[diagnostic::do_not_recommend]
impl<D: Length, Left, Right, const AXIS: isize> JoinAxis<D, Left, Right, AXIS> for One {
    type Output = D;
    type Stretched = LeftSide;
    beyond!();
    #[cfg_attr(not(unoptimised), inline(always))]
    fn join(self, rhs: D) -> D {
        rhs
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

/// These sides may stretch under the mode `M`: one side at most, so that the result has the shape of an operand, or both under [`Free`].
pub trait AdmittedBy<M, Left, Right> {
    /// `S`, the shape of the result.
    type Then<S: Shape>: Shape;
    /// The shape of the result, as a value.
    fn then<S: Shape>(shape: S) -> Self::Then<S>;
}
impl<M, Left, Right> AdmittedBy<M, Left, Right> for Neither {
    then!();
}
impl<M, Left, Right> AdmittedBy<M, Left, Right> for LeftSide {
    then!();
}
impl<M, Left, Right> AdmittedBy<M, Left, Right> for RightSide {
    then!();
}
impl<M: StretchesBoth<Left, Right>, Left, Right> AdmittedBy<M, Left, Right> for BothSides {
    type Then<S: Shape> = M::Then<S>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn then<S: Shape>(shape: S) -> M::Then<S> {
        M::then(shape)
    }
}

/// A mode that lets both sides stretch: [`Free`].
#[diagnostic::on_unimplemented(
    message = "`{Left}` with `{Right}` would stretch both operands: the result has the shape of neither",
    label = "both operands would stretch",
    note = "`(n,)` with `(n, 1)` gives `(n, n)`: for every pair write `a.stretch()`; if that is not meant, a column becomes a vector by `.squeeze(Axis::<-1>)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Both operands stretch\""
)]
pub trait StretchesBoth<Left, Right> {
    /// `S`, the shape of the result.
    type Then<S: Shape>: Shape;
    /// The shape of the result, as a value.
    fn then<S: Shape>(shape: S) -> Self::Then<S>;
}
#[diagnostic::do_not_recommend]
impl<Left, Right> StretchesBoth<Left, Right> for Free {
    then!();
}

// ---- two lists: alignment at the right -------------------------------------------------------------------------------

/// Two lists match axis by axis from the last, `P` being the position of their last axes. A missing axis counts as `One`, and a
/// side of a smaller rank stretches.
///
/// The right list is `Self`, so that the compiler waits where it does not know the right operand
/// yet. Any two lists that are spelled out have an impl: the message is for those that are not.
/// Other relations ask `KnownAxes` for that first, which at each operator would take time.
#[diagnostic::on_unimplemented(
    message = "cannot broadcast `{Left}` with `{Right}`: the axes of one of them are not known here",
    label = "a bound on a whole shape hides its axes",
    note = "ask for the lengths, `N: StaticLength, C: StaticLength` instead of `where (N, C): StaticShape`; code over any shape, `S: Shape`, combines tensors of that shape with each other and with numbers",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Whole shapes\""
)]
pub trait JoinList<Lhs, Left, Right, P> {
    /// The list of the result.
    type Output;
    /// The sides that stretch.
    type Sides: Side;
    /// `X`, which is looked at only where the lists match.
    type Then<X>;
    /// The list of the result, as a value.
    fn join(self, lhs: Lhs) -> Self::Output;
}
#[diagnostic::do_not_recommend]
impl<Left, Right, P> JoinList<(), Left, Right, P> for () {
    type Output = ();
    type Sides = Neither;
    type Then<X> = X;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn join(self, (): ()) {}
}
#[diagnostic::do_not_recommend]
impl<L, A, Left, Right, P> JoinList<(L, A), Left, Right, P> for () {
    type Output = (L, A);
    type Sides = RightSide;
    type Then<X> = X;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn join(self, lhs: (L, A)) -> (L, A) {
        lhs
    }
}
#[diagnostic::do_not_recommend]
impl<R, B, Left, Right, P> JoinList<(), Left, Right, P> for (R, B) {
    type Output = (R, B);
    type Sides = LeftSide;
    type Then<X> = X;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn join(self, (): ()) -> (R, B) {
        self
    }
}
impl<L, A, R, B, Left, Right, const I: isize> JoinList<(L, A), Left, Right, FromEnd<I>> for (R, B)
where
    FromEnd<I>: Outward,
    A: JoinAxis<B, Left, Right, I>,
    A::Beyond<R>: JoinList<L, Left, Right, NextOf<I>>,
{
    type Output = (<A::Beyond<R> as JoinList<L, Left, Right, NextOf<I>>>::Output, A::Output);
    type Sides = <A::Stretched as Side>::And<<A::Beyond<R> as JoinList<L, Left, Right, NextOf<I>>>::Sides>;
    type Then<X> = <A::Beyond<R> as JoinList<L, Left, Right, NextOf<I>>>::Then<X>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn join(self, lhs: (L, A)) -> Self::Output {
        (A::beyond(self.0).join(lhs.0), lhs.1.join(self.1))
    }
}

// ---- two shapes --------------------------------------------------------------------------------------------------------

/// NumPy's full rule: both operands may stretch.
#[derive(Debug)]
pub struct Free;

/// How far a broadcast may go: [`Strict`] or [`Free`].
pub trait Mode {
    /// `Free` if either is.
    type Or<Other: Mode>: Mode;
    /// Whether the result may be larger than every operand.
    const GROWS: bool;
}
impl Mode for Strict {
    type Or<Other: Mode> = Other;
    const GROWS: bool = false;
}
impl Mode for Free {
    type Or<Other: Mode> = Free;
    const GROWS: bool = true;
}

/// The list that two shapes broadcast to.
type JoinedOf<Left, Right> = <ListOf<Right> as JoinList<ListOf<Left>, Left, Right, Last>>::Output;
/// The sides that stretch when two shapes broadcast.
type SidesOf<Left, Right> = <ListOf<Right> as JoinList<ListOf<Left>, Left, Right, Last>>::Sides;

impl<Left: Shape, Right: Shape, M> Broadcast<Right, M> for Left
where
    ListOf<Right>: JoinList<ListOf<Left>, Left, Right, Last, Output: ListTuple>,
    SidesOf<Left, Right>: AdmittedBy<M, Left, Right>,
{
    type Output = <SidesOf<Left, Right> as AdmittedBy<M, Left, Right>>::Then<TupleOf<JoinedOf<Left, Right>>>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn broadcast(self, rhs: Right) -> Self::Output {
        SidesOf::<Left, Right>::then(rhs.into_list().join(self.into_list()).into_tuple())
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
