//! Three operands (`where_`, `clip`): the result has the shape of one of them.

use super::{BothSides, LeftSide, Neither, RightSide, SideList};
use crate::shape::{FromEnd, ListOf, Shape};

/// The operand that has the shape of the result, chosen from which sides stretch in each pair.
///
/// `Self` is the side of the pair (A, B), `AC` and `BC` those of the other pairs. A is full when it stretches in no pair,
/// and so on; when none is, no operand has the shape of the result.
///
/// | (A, B) stretches | full |
/// |---|---|
/// | neither, or B | A or C, by (A, C) |
/// | A | B or C, by (B, C) |
/// | both | C, if it stretches in no pair |
pub trait PickFull<AC, BC, A, B, C> {
    /// The shape of the result.
    type Output: Shape;
    /// The shape of the result, as a value.
    fn pick(a: A, b: B, c: C) -> Self::Output;
}

/// The last operand, or the fuller of the first two, is full; `Self` is the side of that pair.
#[diagnostic::on_unimplemented(
    message = "`{A}`, `{B}` and `{C}` would stretch all three operands: the result has the shape of none",
    label = "no operand has the shape of the result",
    note = "broadcast one of them first, with `.broadcast_to(shape)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"All three operands stretch\""
)]
pub trait OneOfThree<Full, Last, A, B, C> {
    /// The shape of the result.
    type Output: Shape;
    /// The shape of the result, as a value.
    fn full(full: Full, last: Last) -> Self::Output;
}
#[diagnostic::do_not_recommend]
impl<Full: Shape, Last, A, B, C> OneOfThree<Full, Last, A, B, C> for Neither {
    type Output = Full;
    #[inline(always)]
    fn full(full: Full, _: Last) -> Full {
        full
    }
}
#[diagnostic::do_not_recommend]
impl<Full: Shape, Last, A, B, C> OneOfThree<Full, Last, A, B, C> for RightSide {
    type Output = Full;
    #[inline(always)]
    fn full(full: Full, _: Last) -> Full {
        full
    }
}
#[diagnostic::do_not_recommend]
impl<Full, Last: Shape, A, B, C> OneOfThree<Full, Last, A, B, C> for LeftSide {
    type Output = Last;
    #[inline(always)]
    fn full(_: Full, last: Last) -> Last {
        last
    }
}

/// `Self` is the side of a pair whose right operand has to be full.
#[diagnostic::on_unimplemented(
    message = "`{A}`, `{B}` and `{C}` would stretch all three operands: the result has the shape of none",
    label = "no operand has the shape of the result",
    note = "broadcast one of them first, with `.broadcast_to(shape)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"All three operands stretch\""
)]
pub trait RightFull<A, B, C> {}
#[diagnostic::do_not_recommend]
impl<A, B, C> RightFull<A, B, C> for Neither {}
#[diagnostic::do_not_recommend]
impl<A, B, C> RightFull<A, B, C> for LeftSide {}

impl<AC: OneOfThree<A, C, A, B, C>, BC, A, B, C> PickFull<AC, BC, A, B, C> for Neither {
    type Output = AC::Output;
    #[inline(always)]
    fn pick(a: A, _: B, c: C) -> AC::Output {
        AC::full(a, c)
    }
}
impl<AC: OneOfThree<A, C, A, B, C>, BC, A, B, C> PickFull<AC, BC, A, B, C> for RightSide {
    type Output = AC::Output;
    #[inline(always)]
    fn pick(a: A, _: B, c: C) -> AC::Output {
        AC::full(a, c)
    }
}
impl<AC, BC: OneOfThree<B, C, A, B, C>, A, B, C> PickFull<AC, BC, A, B, C> for LeftSide {
    type Output = BC::Output;
    #[inline(always)]
    fn pick(_: A, b: B, c: C) -> BC::Output {
        BC::full(b, c)
    }
}
impl<AC: RightFull<A, B, C>, BC: RightFull<A, B, C>, A, B, C: Shape> PickFull<AC, BC, A, B, C> for BothSides {
    type Output = C;
    #[inline(always)]
    fn pick(_: A, _: B, c: C) -> C {
        c
    }
}

type SideOf<L, R> = <ListOf<L> as SideList<ListOf<R>, L, R, FromEnd<-1>>>::Side;

/// The three shapes broadcast with each other, and the result has the shape of one of them.
pub trait Broadcast3<B, C>: Shape {
    /// The shape of the result.
    type Output: Shape;
    /// The shape of the result, as a value.
    fn broadcast3(self, b: B, c: C) -> Self::Output;
}
impl<A: Shape, B: Shape, C: Shape> Broadcast3<B, C> for A
where
    ListOf<A>: SideList<ListOf<B>, A, B, FromEnd<-1>>,
    ListOf<A>: SideList<ListOf<C>, A, C, FromEnd<-1>>,
    ListOf<B>: SideList<ListOf<C>, B, C, FromEnd<-1>>,
    SideOf<A, B>: PickFull<SideOf<A, C>, SideOf<B, C>, A, B, C>,
{
    type Output = <SideOf<A, B> as PickFull<SideOf<A, C>, SideOf<B, C>, A, B, C>>::Output;
    #[inline(always)]
    fn broadcast3(self, b: B, c: C) -> Self::Output {
        <SideOf<A, B> as PickFull<SideOf<A, C>, SideOf<B, C>, A, B, C>>::pick(self, b, c)
    }
}
