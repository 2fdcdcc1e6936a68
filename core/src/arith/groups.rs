//! Channels in groups: a length is divided by the number of groups, without a remainder.
//!
//! 1. 0 groups do not compile.
//! 2. One group is as long as the axis itself, whatever the axis is, so generic code needs no
//!    `where` clause.
//! 3. With several groups, typenum divides the length, and a remainder does not compile.

use core::ops::{Div, Rem};

use typenum::{B1, IsEqual, UInt, UTerm};

use super::{Answer, Counted, FromBits, Same};
use crate::shape::{Dim, Length};

/// A number of groups, as a type.
#[derive(Debug)]
pub struct Groups<const GROUPS: usize>;

/// The length of the axis `A` is a multiple of this number of groups. `By`, a layer, is for
/// messages only.
///
/// One group is as long as the axis itself, whatever the axis is, so generic code needs no `where`
/// clause.
pub trait Divides<A, By> {
    /// The length of each group.
    type Each: Length;
    /// The length of each group, as a value.
    fn each(axis: A) -> Self::Each;
}
/// The length of each group, if the channels `A` of the layer `By` are in `GROUPS` groups.
pub type EachGroup<A, By, const GROUPS: usize> = <Groups<GROUPS> as Divides<A, By>>::Each;
impl<A, By, const GROUPS: usize> Divides<A, By> for Groups<GROUPS>
where
    Dim<GROUPS>: Counted<Bits: HowMany<Are: DividesInto<A, By, GROUPS>>>,
{
    type Each = <Are<GROUPS> as DividesInto<A, By, GROUPS>>::Each;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn each(axis: A) -> Self::Each {
        Are::<GROUPS>::each(axis)
    }
}
/// [`NoGroup`], [`OneGroup`] or [`SeveralGroups`], depending on the number `GROUPS`.
type Are<const GROUPS: usize> = <<Dim<GROUPS> as Counted>::Bits as HowMany>::Are;

/// No group.
#[derive(Debug)]
pub struct NoGroup;
/// One group.
#[derive(Debug)]
pub struct OneGroup;
/// More groups than one.
#[derive(Debug)]
pub struct SeveralGroups;
/// Whether the typenum number `Self` is 0, 1 or more. Error messages print the names of the three
/// types.
///
/// | bits of the number | how many |
/// |---|---|
/// | none | [`NoGroup`] |
/// | 1 | [`OneGroup`] |
/// | two or more | [`SeveralGroups`] |
pub trait HowMany {
    /// [`NoGroup`], [`OneGroup`] or [`SeveralGroups`].
    type Are;
}
impl HowMany for UTerm {
    type Are = NoGroup;
}
impl HowMany for UInt<UTerm, B1> {
    type Are = OneGroup;
}
impl<N, B, C> HowMany for UInt<UInt<N, B>, C> {
    type Are = SeveralGroups;
}

/// The length of the axis `A` is a multiple of `GROUPS`. `Self` is the type of [`HowMany`] for
/// `GROUPS`; for [`NoGroup`] there is no impl.
#[diagnostic::on_unimplemented(
    message = "`{By}` has {GROUPS} groups: there is one or more",
    label = "not a number of groups"
)]
pub trait DividesInto<A, By, const GROUPS: usize> {
    /// The length of each group.
    type Each: Length;
    /// The length of each group, as a value.
    fn each(axis: A) -> Self::Each;
}
#[diagnostic::do_not_recommend]
impl<A: Length, By, const GROUPS: usize> DividesInto<A, By, GROUPS> for OneGroup {
    type Each = A;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn each(axis: A) -> A {
        axis
    }
}
impl<A, By, const GROUPS: usize> DividesInto<A, By, GROUPS> for SeveralGroups
where
    A: GroupedBy<By, GROUPS>,
    A::Rest: NothingLeft<A, By, GROUPS>,
{
    type Each = <A::Rest as NothingLeft<A, By, GROUPS>>::Then<A::Each>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn each(axis: A) -> Self::Each {
        A::Rest::then(axis.each())
    }
}

/// The compiler can divide the length `Self` by the number `GROUPS`, with or without a remainder.
#[diagnostic::on_unimplemented(
    message = "`{By}` has {Self} channels in {GROUPS} groups: the compiler cannot divide them",
    label = "a length that is generic, of run time, or past 1024",
    note = "generic code has one group; more are of lengths by number or by name",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait GroupedBy<By, const GROUPS: usize> {
    /// [`Same`] if the remainder is 0, [`Different`](super::Different) if it is not.
    type Rest;
    /// The length divided by `GROUPS`, rounded down.
    type Each: Length;
    /// The length of each group, as a value.
    fn each(self) -> Self::Each;
}
#[diagnostic::do_not_recommend]
impl<A: Counted, By, Rest, const GROUPS: usize> GroupedBy<By, GROUPS> for A
where
    Dim<GROUPS>: Counted,
    A::Bits: Rem<GroupBits<GROUPS>, Output = Rest> + Div<GroupBits<GROUPS>, Output: FromBits>,
    Rest: IsEqual<UTerm, Output: Answer>,
{
    type Rest = <<Rest as IsEqual<UTerm>>::Output as Answer>::Is;
    type Each = <<A::Bits as Div<GroupBits<GROUPS>>>::Output as FromBits>::Length;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn each(self) -> Self::Each {
        <<A::Bits as Div<GroupBits<GROUPS>>>::Output as FromBits>::length(
            self.len() / GROUPS.max(1),
        )
    }
}
/// The number `GROUPS`, as a typenum number.
type GroupBits<const GROUPS: usize> = <Dim<GROUPS> as Counted>::Bits;

/// The length `A` divided by `GROUPS` has no remainder. `Self` is [`GroupedBy::Rest`], and only
/// [`Same`] implements this trait.
#[diagnostic::on_unimplemented(
    message = "`{By}` has {A} channels in {GROUPS} groups: they are not a multiple of {GROUPS}",
    label = "{GROUPS} groups do not divide {A}",
    note = "the number of groups divides the channels that go in and those that come out",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait NothingLeft<A, By, const GROUPS: usize> {
    /// Always `Each`, but the compiler can resolve this type only if the remainder is 0. Otherwise
    /// the compiler checks nothing that depends on this type, and reports one error.
    type Then<Each: Length>: Length;
    /// `each`, as a value of the type `Then<Each>`.
    fn then<Each: Length>(each: Each) -> Self::Then<Each>;
}
#[diagnostic::do_not_recommend]
impl<A, By, const GROUPS: usize> NothingLeft<A, By, GROUPS> for Same {
    type Then<Each: Length> = Each;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn then<Each: Length>(each: Each) -> Each {
        each
    }
}
