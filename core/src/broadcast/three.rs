//! Broadcasting of three operands, A, B and C, in `where_` and `clip`.
//!
//! 1. Each pair, (A, B), (A, C) and (B, C), must match. The compiler checks a pair only where the
//!    pairs before it match, so that one mismatch is one error.
//! 2. An operand is called *full* if it stretches in neither of its two pairs. A full operand has
//!    the shape of the result ([`PickFull`]).
//! 3. If no operand is full, the mode decides ([`StretchesThree`]). [`Strict`](super::Strict)
//!    refuses the operands. Under [`Free`], the mode where an operand is `.stretch()`ed, the result
//!    has the shape that all three broadcast to.

use super::{BothSides, Free, JoinList, LeftSide, Neither, RightSide, Side};
use crate::shape::{Broadcast3, Last, ListOf, ListTuple, Shape, TupleOf};

/// The shape of the result, chosen by which sides stretch in each pair.
///
/// `Self` is the [`Side`] of the pair (A, B), which says which of the two stretch. `AC` and `BC`
/// are the [`Side`]s of the pairs (A, C) and (B, C). If no operand is full, the mode `M` decides.
///
/// | stretches in (A, B) | full operand |
/// |---|---|
/// | neither, or B | A or C, as `AC` says |
/// | A | B or C, as `BC` says |
/// | both | C, if it stretches in neither (A, C) nor (B, C) |
pub trait PickFull<AC, BC, A, B, C, M> {
    /// The shape of the result.
    type Output: Shape;
    /// The shape of the result, as a value.
    fn pick(a: A, b: B, c: C) -> Self::Output;
}

/// Chooses the full operand from C and `Full`. `Full` is A or B, and does not stretch in the pair
/// (A, B). `Self` says which sides stretch in the pair (`Full`, C).
pub trait OneOfThree<Full, A, B, C, M> {
    /// The shape of the result.
    type Output: Shape;
    /// The shape of the result, as a value.
    fn full(full: Full, a: A, b: B, c: C) -> Self::Output;
}
impl<Full: Shape, A, B, C, M> OneOfThree<Full, A, B, C, M> for Neither {
    type Output = Full;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn full(full: Full, _: A, _: B, _: C) -> Full {
        full
    }
}
impl<Full: Shape, A, B, C, M> OneOfThree<Full, A, B, C, M> for RightSide {
    type Output = Full;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn full(full: Full, _: A, _: B, _: C) -> Full {
        full
    }
}
impl<Full, A, B, C: Shape, M> OneOfThree<Full, A, B, C, M> for LeftSide {
    type Output = C;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn full(_: Full, _: A, _: B, c: C) -> C {
        c
    }
}
impl<Full, A, B, C, M: StretchesThree<A, B, C>> OneOfThree<Full, A, B, C, M> for BothSides {
    type Output = M::Output;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn full(_: Full, a: A, b: B, c: C) -> M::Output {
        M::joined(a, b, c)
    }
}

/// Chooses C if it is full; otherwise no operand is, and the mode `M` decides. `Self` says which
/// sides stretch in (A, C) or in (B, C). C is the right side of both pairs.
pub trait LastFull<A, B, C, M> {
    /// The shape of the result.
    type Output: Shape;
    /// The shape of the result, as a value.
    fn last(a: A, b: B, c: C) -> Self::Output;
}
impl<A, B, C: Shape, M> LastFull<A, B, C, M> for Neither {
    type Output = C;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn last(_: A, _: B, c: C) -> C {
        c
    }
}
impl<A, B, C: Shape, M> LastFull<A, B, C, M> for LeftSide {
    type Output = C;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn last(_: A, _: B, c: C) -> C {
        c
    }
}
impl<A, B, C, M: StretchesThree<A, B, C>> LastFull<A, B, C, M> for RightSide {
    type Output = M::Output;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn last(a: A, b: B, c: C) -> M::Output {
        M::joined(a, b, c)
    }
}
impl<A, B, C, M: StretchesThree<A, B, C>> LastFull<A, B, C, M> for BothSides {
    type Output = M::Output;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn last(a: A, b: B, c: C) -> M::Output {
        M::joined(a, b, c)
    }
}

/// A mode in which all three operands may stretch: [`Free`].
#[diagnostic::on_unimplemented(
    message = "`{A}`, `{B}` and `{C}` would stretch all three operands: the result has the shape of none",
    label = "no operand has the shape of the result",
    note = "for every combination write `.stretch()` behind one of the three; to stretch one alone, `.broadcast_to(shape)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"All three operands stretch\""
)]
pub trait StretchesThree<A, B, C> {
    /// The shape that all three broadcast to.
    type Output: Shape;
    /// The shape that all three broadcast to, as a value.
    fn joined(a: A, b: B, c: C) -> Self::Output;
}
#[diagnostic::do_not_recommend]
impl<A: Shape, B: Shape, C: Shape> StretchesThree<A, B, C> for Free
where
    ListOf<B>: JoinList<ListOf<A>, A, B, Last>,
    ListOf<C>: JoinList<
            <ListOf<B> as JoinList<ListOf<A>, A, B, Last>>::Output,
            A,
            C,
            Last,
            Output: ListTuple,
        >,
{
    type Output = TupleOf<
        <ListOf<C> as JoinList<
            <ListOf<B> as JoinList<ListOf<A>, A, B, Last>>::Output,
            A,
            C,
            Last,
        >>::Output,
    >;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn joined(a: A, b: B, c: C) -> Self::Output {
        c.into_list().join(b.into_list().join(a.into_list())).into_tuple()
    }
}

impl<AC: OneOfThree<A, A, B, C, M>, BC, A: Shape, B, C, M> PickFull<AC, BC, A, B, C, M>
    for Neither
{
    type Output = AC::Output;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn pick(a: A, b: B, c: C) -> AC::Output {
        AC::full(a, a, b, c)
    }
}
impl<AC: OneOfThree<A, A, B, C, M>, BC, A: Shape, B, C, M> PickFull<AC, BC, A, B, C, M>
    for RightSide
{
    type Output = AC::Output;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn pick(a: A, b: B, c: C) -> AC::Output {
        AC::full(a, a, b, c)
    }
}
impl<AC, BC: OneOfThree<B, A, B, C, M>, A, B: Shape, C, M> PickFull<AC, BC, A, B, C, M>
    for LeftSide
{
    type Output = BC::Output;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn pick(a: A, b: B, c: C) -> BC::Output {
        BC::full(b, a, b, c)
    }
}
impl<AC: Side, BC: Side, A, B, C, M> PickFull<AC, BC, A, B, C, M> for BothSides
where
    AC::And<BC>: LastFull<A, B, C, M>,
{
    type Output = <AC::And<BC> as LastFull<A, B, C, M>>::Output;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn pick(a: A, b: B, c: C) -> Self::Output {
        AC::And::<BC>::last(a, b, c)
    }
}

/// The sides that stretch in the pair (`L`, `R`). `List` is the list of `R`.
type PairSides<List, L, R> = <List as JoinList<ListOf<L>, L, R, Last>>::Sides;
/// Always `X`. The compiler can resolve this only where the pair (`L`, `R`) matches. `List` is the
/// list of `R`.
type Then<List, L, R, X> = <List as JoinList<ListOf<L>, L, R, Last>>::Then<X>;

/// Always the list of C. The compiler can resolve `AfterAB` only where (A, B) matches, and
/// `AfterAC` only where (A, C) matches as well, so one mismatch is one error.
type AfterAB<A, B, C> = Then<ListOf<B>, A, B, ListOf<C>>;
type AfterAC<A, B, C> = Then<AfterAB<A, B, C>, A, C, ListOf<C>>;

impl<A: Shape, B: Shape, C: Shape, M> Broadcast3<B, C, M> for A
where
    ListOf<B>: JoinList<ListOf<A>, A, B, Last>,
    AfterAB<A, B, C>: JoinList<ListOf<A>, A, C, Last>,
    AfterAC<A, B, C>: JoinList<ListOf<B>, B, C, Last>,
    PairSides<ListOf<B>, A, B>:
        PickFull<PairSides<AfterAB<A, B, C>, A, C>, PairSides<AfterAC<A, B, C>, B, C>, A, B, C, M>,
{
    type Output = <PairSides<ListOf<B>, A, B> as PickFull<
        PairSides<AfterAB<A, B, C>, A, C>,
        PairSides<AfterAC<A, B, C>, B, C>,
        A,
        B,
        C,
        M,
    >>::Output;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn broadcast3(self, b: B, c: C) -> <Self as Broadcast3<B, C, M>>::Output {
        PairSides::<ListOf<B>, A, B>::pick(self, b, c)
    }
}
