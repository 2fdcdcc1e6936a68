//! Concatenation as a relation between shapes: one behind the other along an axis, all other axes
//! the same.

use crate::arith::SumsTo;
use crate::broadcast::NoAxis;
use crate::shape::{
    Extent, FindAxis, FromEnd, Gone, KnownAxes, KnownListAfter, KnownListOf, Last, Length,
    ListAfter, ListOf, ListTuple, Marked, NextOf, No, One, Outward, Shape, TupleOf, Yes, beyond,
    then,
};

/// Two axes of concatenated shapes are the same.
#[diagnostic::on_unimplemented(
    message = "cannot concatenate `{First}` and `{Second}`: axis {AXIS} is {A} in the first, {Self} in the second",
    label = "axis {AXIS}: `{A}` is not `{Self}`",
    note = "only the axis along which they are joined may differ",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Sizes\""
)]
pub trait SameAxis<A, First, Second, const AXIS: isize> {
    /// `L`: the axes further out, which are looked at only where this one is the same.
    type Beyond<L>;
    /// The list of the axes further out, as a value.
    fn beyond<L>(list: L) -> Self::Beyond<L>;
}
#[diagnostic::do_not_recommend]
impl<A, First, Second, const AXIS: isize> SameAxis<A, First, Second, AXIS> for A {
    beyond!();
}

/// Before the first axis of concatenated shapes, where one has a further axis and the other has
/// not: nothing implements this.
#[diagnostic::on_unimplemented(
    message = "cannot concatenate `{First}` and `{Second}`: one has more axes",
    label = "not as many axes",
    note = "only the length of the axis along which they are joined may differ; `.expand_dims(axis)` makes a new axis",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Sizes\""
)]
pub trait SameRank<First, Second> {
    /// Not reached.
    type Along: Extent;
    /// Not reached.
    fn along() -> Self::Along;
    /// Not reached.
    type Then<S: Shape>: Shape;
    /// Not reached.
    fn then<S: Shape>(shape: S) -> Self::Then<S>;
}

/// The list has the axes of `Rest`, but for the marked one; `P` is the position of their last axes.
pub trait JoinsRest<Rest, First, Second, P> {
    /// The axis in the place of the marked one.
    type Along;
    /// The axis in the place of the marked one, as a value.
    fn along(self) -> Self::Along;
    /// `S`, the shape of both.
    type Then<S: Shape>: Shape;
    /// The shape of both, as a value.
    fn then<S: Shape>(shape: S) -> Self::Then<S>;
}
impl<First, Second, P> JoinsRest<(), First, Second, P> for () {
    // Further in stands the marked axis.
    type Along = One;
    fn along(self) -> One {
        One
    }
    then!();
}
macro_rules! another_rank {
    ($list:ty, $rest:ty) => {
        impl<L, A, First, Second, P> JoinsRest<$rest, First, Second, P> for $list
        where
            NoAxis: SameRank<First, Second>,
        {
            type Along = <NoAxis as SameRank<First, Second>>::Along;
            fn along(self) -> Self::Along {
                <NoAxis as SameRank<First, Second>>::along()
            }
            type Then<S: Shape> = <NoAxis as SameRank<First, Second>>::Then<S>;
            #[cfg_attr(not(unoptimised), inline(always))]
            fn then<S: Shape>(shape: S) -> Self::Then<S> {
                <NoAxis as SameRank<First, Second>>::then(shape)
            }
        }
    };
}
another_rank!((), (L, A));
another_rank!((L, A), ());
// Whether the axis is the marked one is a type, so that one impl is meant, and the compiler says
// what that lacks.
impl<R, B, L, M: Mark, First, Second, const I: isize> JoinsRest<(L, M), First, Second, FromEnd<I>>
    for (R, B)
where
    M::Is: JoinsNext<(L, M), (R, B), First, Second, FromEnd<I>>,
{
    type Along = <M::Is as JoinsNext<(L, M), (R, B), First, Second, FromEnd<I>>>::Along;
    type Then<S: Shape> = <M::Is as JoinsNext<(L, M), (R, B), First, Second, FromEnd<I>>>::Then<S>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn along(self) -> Self::Along {
        <M::Is as JoinsNext<(L, M), (R, B), First, Second, FromEnd<I>>>::along(self)
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn then<S: Shape>(shape: S) -> Self::Then<S> {
        <M::Is as JoinsNext<(L, M), (R, B), First, Second, FromEnd<I>>>::then(shape)
    }
}

/// Whether an axis of a list is the marked one: [`Yes`] or [`No`].
pub trait Mark {
    /// Which of the two.
    type Is;
}
#[diagnostic::do_not_recommend]
impl<A> Mark for Gone<A> {
    type Is = Yes;
}
#[diagnostic::do_not_recommend]
impl<A: Extent> Mark for A {
    type Is = No;
}

/// The list `List` has the axes of `Rest` from the last on, which is the marked one or not.
pub trait JoinsNext<Rest, List, First, Second, P> {
    /// The axis in the place of the marked one.
    type Along;
    /// `S`, the shape of both.
    type Then<S: Shape>: Shape;
    /// The axis in the place of the marked one, as a value.
    fn along(list: List) -> Self::Along;
    /// The shape of both, as a value.
    fn then<S: Shape>(shape: S) -> Self::Then<S>;
}
impl<R, B, L, M, First, Second, const I: isize> JoinsNext<(L, M), (R, B), First, Second, FromEnd<I>>
    for Yes
where
    FromEnd<I>: Outward,
    R: JoinsRest<L, First, Second, NextOf<I>>,
{
    type Along = B;
    type Then<S: Shape> = R::Then<S>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn along(list: (R, B)) -> B {
        list.1
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn then<S: Shape>(shape: S) -> R::Then<S> {
        R::then(shape)
    }
}
impl<R, B, L, A, First, Second, const I: isize> JoinsNext<(L, A), (R, B), First, Second, FromEnd<I>>
    for No
where
    FromEnd<I>: Outward,
    B: SameAxis<A, First, Second, I>,
    B::Beyond<R>: JoinsRest<L, First, Second, NextOf<I>>,
{
    type Along = <B::Beyond<R> as JoinsRest<L, First, Second, NextOf<I>>>::Along;
    type Then<S: Shape> = <B::Beyond<R> as JoinsRest<L, First, Second, NextOf<I>>>::Then<S>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn along(list: (R, B)) -> Self::Along {
        B::beyond(list.0).along()
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn then<S: Shape>(shape: S) -> Self::Then<S> {
        <B::Beyond<R> as JoinsRest<L, First, Second, NextOf<I>>>::then(shape)
    }
}

type MarkedIn<Which, First, Kind, How> =
    <Kind as FindAxis<Which, KnownListOf<First>, How, First>>::Marked;
type AlongOf<Which, First, Second, Kind, How> = <KnownListAfter<First, Second> as JoinsRest<
    MarkedIn<Which, First, Kind, How>,
    First,
    Second,
    Last,
>>::Along;
type SumOf<Which, First, Second, Kind, How> =
    <<Kind as FindAxis<Which, KnownListOf<First>, How, First>>::Found as SumsTo<
        AlongOf<Which, First, Second, Kind, How>,
    >>::Output;
type ReplacedBy<Which, First, Kind, How, Sum> =
    TupleOf<<MarkedIn<Which, First, Kind, How> as Marked>::Replaced<Sum>>;
type ThenOf<Which, First, Second, Kind, How, S> = <KnownListAfter<First, Second> as JoinsRest<
    MarkedIn<Which, First, Kind, How>,
    First,
    Second,
    Last,
>>::Then<S>;

/// `Second` stands behind `First` along the axis that `Which` names in this way, which becomes the
/// length `Sum`.
#[diagnostic::on_unimplemented(
    message = "one axis of shape `{First}` is asked for here",
    label = "expected `Axis::<0>`, or an axis's own name",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait Concatenates<Which, First, Second, How, Sum> {
    /// The axis in the first shape.
    type InFirst: Extent;
    /// The axis in the second shape.
    type InSecond: Extent;
    /// The shape of both.
    type Output: Shape;
    /// The position from the end, 0 for the last.
    const INDEX: usize;
    /// The axis in the first shape, and in the second, as values.
    fn along(first: First, second: Second) -> (Self::InFirst, Self::InSecond);
    /// The shape of both, as a value.
    fn concatenated(first: First, sum: Sum) -> Self::Output;
}
impl<Which, First: Shape, Second: Shape, Kind, How, Sum: Extent>
    Concatenates<Which, First, Second, How, Sum> for Kind
where
    ListOf<First>: KnownAxes<First>,
    Kind: FindAxis<Which, KnownListOf<First>, How, First, Marked: Marked<Replaced<Sum>: ListTuple>>,
    ListAfter<First, Second>: KnownAxes<Second>,
    KnownListAfter<First, Second>: JoinsRest<Kind::Marked, First, Second, Last, Along: Extent>,
{
    type InFirst = Kind::Found;
    type InSecond = AlongOf<Which, First, Second, Kind, How>;
    type Output = ThenOf<Which, First, Second, Kind, How, ReplacedBy<Which, First, Kind, How, Sum>>;
    const INDEX: usize = Kind::INDEX;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn along(first: First, second: Second) -> (Self::InFirst, Self::InSecond) {
        let second = ListOf::<First>::then(second.into_list()).known();
        (Kind::find(first.into_list().known()).0, second.along())
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn concatenated(first: First, sum: Sum) -> Self::Output {
        let rest = Kind::find(first.into_list().known()).1;
        KnownListAfter::<First, Second>::then(rest.replaced(sum).into_tuple())
    }
}

/// `Second` stands behind `First` along the axis that `Which` names in this way, which becomes as
/// long as both together.
#[diagnostic::on_unimplemented(
    message = "one axis of shape `{First}` is asked for here",
    label = "expected `Axis::<0>`, or an axis's own name",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait ConcatenatesSum<Which, First, Second, How> {
    /// The length of both together.
    type Sum: Length;
    /// The shape of both.
    type Output: Shape;
    /// As [`Concatenates`] says it.
    type To: Concatenates<Which, First, Second, How, Self::Sum, Output = Self::Output>;
    /// The length of both together, as a value.
    fn sum(first: First, second: Second) -> Self::Sum;
}
impl<Which, First: Shape, Second: Shape, Kind, How> ConcatenatesSum<Which, First, Second, How>
    for Kind
where
    ListOf<First>: KnownAxes<First>,
    Kind: FindAxis<Which, KnownListOf<First>, How, First>,
    ListAfter<First, Second>: KnownAxes<Second>,
    KnownListAfter<First, Second>: JoinsRest<Kind::Marked, First, Second, Last>,
    Kind::Found: SumsTo<AlongOf<Which, First, Second, Kind, How>>,
    Kind: Concatenates<Which, First, Second, How, SumOf<Which, First, Second, Kind, How>>,
{
    type Sum = SumOf<Which, First, Second, Kind, How>;
    type Output = <Kind as Concatenates<
        Which,
        First,
        Second,
        How,
        SumOf<Which, First, Second, Kind, How>,
    >>::Output;
    type To = Kind;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn sum(first: First, second: Second) -> Self::Sum {
        let second = ListOf::<First>::then(second.into_list()).known();
        Kind::find(first.into_list().known()).0.sum(second.along())
    }
}
