//! Three operands (`where_`, `clip`): the result has the shape of one of them.

use super::{BothSides, JoinList, LeftSide, Neither, RightSide, Side, then};
use crate::shape::{Last, ListOf, Shape};

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
#[diagnostic::on_unimplemented(
    message = "`{A}`, `{B}` and `{C}` would stretch all three operands: the result has the shape of none",
    label = "no operand has the shape of the result",
    note = "broadcast one of them first, with `.broadcast_to(shape)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"All three operands stretch\""
)]
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

/// `Self` is the sides of the pairs whose right operand is the last: it is full when it stretches in neither.
#[diagnostic::on_unimplemented(
    message = "`{A}`, `{B}` and `{C}` would stretch all three operands: the result has the shape of none",
    label = "no operand has the shape of the result",
    note = "broadcast one of them first, with `.broadcast_to(shape)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"All three operands stretch\""
)]
pub trait LastFull<A, B, C> {
    /// `S`, the shape of the result.
    type Then<S: Shape>: Shape;
    /// The shape of the result, as a value.
    fn then<S: Shape>(shape: S) -> Self::Then<S>;
}
#[diagnostic::do_not_recommend]
impl<A, B, C> LastFull<A, B, C> for Neither {
    then!();
}
#[diagnostic::do_not_recommend]
impl<A, B, C> LastFull<A, B, C> for LeftSide {
    then!();
}

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
impl<AC: Side, BC: Side, A, B, C: Shape> PickFull<AC, BC, A, B, C> for BothSides
where
    AC::And<BC>: LastFull<A, B, C>,
{
    type Output = <AC::And<BC> as LastFull<A, B, C>>::Then<C>;
    #[inline(always)]
    fn pick(_: A, _: B, c: C) -> Self::Output {
        AC::And::<BC>::then(c)
    }
}

/// The sides that stretch in the pair of `L` and `R`; `List` is the list of `R`.
type SidesOf<List, L, R> = <List as JoinList<ListOf<L>, L, R, Last>>::Sides;
/// `X`, once the pair of `L` and `R` matches; `List` is the list of `R`.
type Then<List, L, R, X> = <List as JoinList<ListOf<L>, L, R, Last>>::Then<X>;

/// The list of C for the pairs (A, C) and (B, C): each pair is looked at once the pair before matches.
type AfterAB<A, B, C> = Then<ListOf<B>, A, B, ListOf<C>>;
type AfterAC<A, B, C> = Then<AfterAB<A, B, C>, A, C, ListOf<C>>;

/// The three shapes broadcast with each other, and the result has the shape of one of them.
pub trait Broadcast3<B, C>: Shape {
    /// The shape of the result.
    type Output: Shape;
    /// The shape of the result, as a value.
    fn broadcast3(self, b: B, c: C) -> Self::Output;
}
impl<A: Shape, B: Shape, C: Shape> Broadcast3<B, C> for A
where
    ListOf<B>: JoinList<ListOf<A>, A, B, Last>,
    AfterAB<A, B, C>: JoinList<ListOf<A>, A, C, Last>,
    AfterAC<A, B, C>: JoinList<ListOf<B>, B, C, Last>,
    SidesOf<ListOf<B>, A, B>:
        PickFull<SidesOf<AfterAB<A, B, C>, A, C>, SidesOf<AfterAC<A, B, C>, B, C>, A, B, C>,
{
    type Output = <SidesOf<ListOf<B>, A, B> as PickFull<
        SidesOf<AfterAB<A, B, C>, A, C>,
        SidesOf<AfterAC<A, B, C>, B, C>,
        A,
        B,
        C,
    >>::Output;
    #[inline(always)]
    fn broadcast3(self, b: B, c: C) -> Self::Output {
        SidesOf::<ListOf<B>, A, B>::pick(self, b, c)
    }
}
