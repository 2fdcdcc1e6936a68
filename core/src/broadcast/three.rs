//! Three operands (`where_`, `clip`): the result has the shape of one of them, or, where one says
//! `stretch`, the shape of all three.

use super::{BothSides, Free, JoinList, LeftSide, Neither, RightSide, Side};
use crate::shape::{Broadcast3, Last, ListOf, ListTuple, Shape, TupleOf};

/// The shape of the result, chosen from which sides stretch in each pair.
///
/// `Self` is the side of the pair (A, B), `AC` and `BC` those of the other pairs. A is full when it
/// stretches in no pair, and so on; when none is, no operand has the shape of the result, and the
/// mode `M` says whether that may be.
///
/// | (A, B) stretches | full |
/// |---|---|
/// | neither, or B | A or C, by (A, C) |
/// | A | B or C, by (B, C) |
/// | both | C, if it stretches in no pair |
pub trait PickFull<AC, BC, A, B, C, M> {
    /// The shape of the result.
    type Output: Shape;
    /// The shape of the result, as a value.
    fn pick(a: A, b: B, c: C) -> Self::Output;
}

/// The last operand, or the fuller of the first two, is full; `Self` is the side of that pair.
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

/// `Self` is the sides of the pairs whose right operand is the last: it is full when it stretches in neither.
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

/// A mode that lets all three operands stretch: [`Free`].
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

/// The sides that stretch in the pair of `L` and `R`; `List` is the list of `R`.
type PairSides<List, L, R> = <List as JoinList<ListOf<L>, L, R, Last>>::Sides;
/// `X`, once the pair of `L` and `R` matches; `List` is the list of `R`.
type Then<List, L, R, X> = <List as JoinList<ListOf<L>, L, R, Last>>::Then<X>;

/// The list of C for the pairs (A, C) and (B, C): each pair is looked at once the pair before matches.
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
