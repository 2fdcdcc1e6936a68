//! Concatenation as a relation between two shapes: the second comes after the first along one axis,
//! and all other axes are the same in both.
//!
//! 1. The axis is looked up in the first shape and marked as [`Gone`] there.
//! 2. [`JoinsRest`] compares the lists of both shapes, from the last axis to the first. The second
//!    shape's axis at the position of the marked axis becomes `Along`. All other axes must be the
//!    same in both shapes.
//! 3. The marked axis is replaced by the sum of its length and that of `Along`. This module
//!    computes the sum ([`ConcatenatesSum`]), or the caller states it ([`Concatenates`]).

use crate::arith::SumsTo;
use crate::broadcast::NoAxis;
use crate::shape::{
    Extent, FindAxis, FromEnd, Gone, KnownAxes, KnownListAfter, KnownListOf, Last, Length,
    ListAfter, ListOf, ListTuple, Marked, NextOf, No, One, Outward, Shape, TupleOf, Yes, beyond,
    then,
};

/// `A` and `Self`, axes of two concatenated shapes at the same position, are the same.
#[diagnostic::on_unimplemented(
    message = "cannot concatenate `{First}` and `{Second}`: axis {AXIS} is {A} in the first, {Self} in the second",
    label = "axis {AXIS}: `{A}` is not `{Self}`",
    note = "only the axis along which they are joined may differ",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Sizes\""
)]
pub trait SameAxis<A, First, Second, const AXIS: isize> {
    /// Always `L`, the list of the axes further left. The compiler can resolve this only where `A`
    /// and `Self` are the same, so of several axes that differ it reports only the last.
    type Beyond<L>;
    /// `list` itself, with the type `Beyond<L>`.
    fn beyond<L>(list: L) -> Self::Beyond<L>;
}
#[diagnostic::do_not_recommend]
impl<A, First, Second, const AXIS: isize> SameAxis<A, First, Second, AXIS> for A {
    beyond!();
}

/// One of two concatenated shapes has more axes than the other. No type implements this trait, so
/// the bound `NoAxis: SameRank<..>` always fails, with the message below.
#[diagnostic::on_unimplemented(
    message = "cannot concatenate `{First}` and `{Second}`: one has more axes",
    label = "not as many axes",
    note = "only the length of the axis along which they are joined may differ; `.expand_dims(axis)` makes a new axis",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Sizes\""
)]
pub trait SameRank<First, Second> {
    /// Never used, because no type implements this trait.
    type Along: Extent;
    /// Never used, because no type implements this trait.
    fn along() -> Self::Along;
    /// Never used, because no type implements this trait.
    type Then<S: Shape>: Shape;
    /// Never used, because no type implements this trait.
    fn then<S: Shape>(shape: S) -> Self::Then<S>;
}

/// The list `Self`, of the second shape, has the same axes as the list `Rest`, of the first shape,
/// except at the axis that is marked in `Rest`. `P` is the position of the last axes of both lists.
pub trait JoinsRest<Rest, First, Second, P> {
    /// The axis of `Self` at the position of the marked axis.
    type Along;
    /// The axis of `Self` at the position of the marked axis, as a value.
    fn along(self) -> Self::Along;
    /// Always `S`, the shape of the result. The compiler can resolve this only where the lists fit,
    /// so a mismatch is reported once, and not again for what is done with the result.
    type Then<S: Shape>: Shape;
    /// `shape` itself, with the type `Then<S>`.
    fn then<S: Shape>(shape: S) -> Self::Then<S>;
}
impl<First, Second, P> JoinsRest<(), First, Second, P> for () {
    // A placeholder that is not used: by the time the search reaches the ends of both lists, it has
    // passed the marked axis.
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
// The type `M::Is` says whether the axis `M` is marked, and selects the impl of `JoinsNext`. So one
// impl of `JoinsRest` is for all pairs of lists that both have an axis, and the compiler reports
// which bound of that impl fails.
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
    /// [`Yes`] if the axis is marked, [`No`] if it is not.
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

/// The list `List`, of the second shape, has the same axes as the list `Rest`, of the first shape,
/// except at the axis that is marked in `Rest`. `Self` says whether the last axis of `Rest` is the
/// marked axis. `P` is the position of the last axes of both lists.
pub trait JoinsNext<Rest, List, First, Second, P> {
    /// The axis of `List` at the position of the marked axis.
    type Along;
    /// Always `S`, the shape of the result. The compiler can resolve this only where the lists fit,
    /// so a mismatch is reported once, and not again for what is done with the result.
    type Then<S: Shape>: Shape;
    /// The axis of `List` at the position of the marked axis, as a value.
    fn along(list: List) -> Self::Along;
    /// `shape` itself, with the type `Then<S>`.
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

/// The shape `Second` comes after `First` along the axis that the argument `Which` names. In the
/// result that axis has the length `Sum`. `Self` is the kind of `Which`, such as a position or a
/// name.
#[diagnostic::on_unimplemented(
    message = "one axis of shape `{First}` is asked for here",
    label = "expected `Axis::<0>`, or an axis's own name",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait Concatenates<Which, First, Second, How, Sum> {
    /// The named axis in the first shape.
    type InFirst: Extent;
    /// The named axis in the second shape.
    type InSecond: Extent;
    /// The shape of the result.
    type Output: Shape;
    /// The position of the named axis (0 is the last axis).
    const INDEX: usize;
    /// The named axis in the first shape and in the second, as values.
    fn along(first: First, second: Second) -> (Self::InFirst, Self::InSecond);
    /// The shape of the result, as a value.
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

/// The shape `Second` comes after `First` along the axis that the argument `Which` names. In the
/// result the length of that axis is the sum of its lengths in both shapes, which this trait
/// computes. `Self` is the kind of `Which`, such as a position or a name.
#[diagnostic::on_unimplemented(
    message = "one axis of shape `{First}` is asked for here",
    label = "expected `Axis::<0>`, or an axis's own name",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait ConcatenatesSum<Which, First, Second, How> {
    /// The sum of the lengths of the named axis in both shapes.
    type Sum: Length;
    /// The shape of the result.
    type Output: Shape;
    /// `Self`, the kind of `Which`, as a type that implements [`Concatenates`] with the sum
    /// `Self::Sum`.
    type To: Concatenates<Which, First, Second, How, Self::Sum, Output = Self::Output>;
    /// The sum of the lengths of the named axis in both shapes, as a value.
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
