//! Channels in groups: a length divided by the number of groups, if it is a multiple of it.
//!
//! 1. 0 groups are an error.
//! 2. One group of any length is that length, so that generic code needs no where clause.
//! 3. Several groups must divide the length without a remainder, in typenum's bits.

use core::ops::{Div, Rem};

use typenum::{B1, IsEqual, UInt, UTerm};

use super::{Answer, Counted, FromBits, Same};
use crate::shape::{Dim, Length};

/// A number of groups.
#[derive(Debug)]
pub struct Groups<const GROUPS: usize>;

/// The length `A` is a multiple of this number of groups. `By`, a layer, is for messages only.
///
/// One group of any length is that length, so that generic code needs no where clause.
pub trait Divides<A, By> {
    /// The length of a group.
    type Each: Length;
    /// The length of a group, as a value.
    fn each(axis: A) -> Self::Each;
}
/// The length of a group of the channels `A` of the layer `By`.
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
/// [`NoGroup`], [`OneGroup`] or [`SeveralGroups`], whichever `GROUPS` is.
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
/// Whether a number, as bits, is 0, 1 or more, in words that messages print.
///
/// | bits | how many |
/// |---|---|
/// | none | [`NoGroup`] |
/// | 1 | [`OneGroup`] |
/// | two or more | [`SeveralGroups`] |
pub trait HowMany {
    /// The word.
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

/// The length `A` is a multiple of this number, `GROUPS`.
#[diagnostic::on_unimplemented(
    message = "`{By}` has {GROUPS} groups: there is one or more",
    label = "not a number of groups"
)]
pub trait DividesInto<A, By, const GROUPS: usize> {
    /// The length of a group.
    type Each: Length;
    /// The length of a group, as a value.
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

/// The length can be divided by the number `GROUPS`.
#[diagnostic::on_unimplemented(
    message = "`{By}` has {Self} channels in {GROUPS} groups: the compiler cannot divide them",
    label = "a length that is generic, of run time, or past 1024",
    note = "generic code has one group; more are of lengths by number or by name",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait GroupedBy<By, const GROUPS: usize> {
    /// Whether the remainder is the [`Same`] as 0, or [`Different`](super::Different).
    type Rest;
    /// The length of a group, if the remainder is 0.
    type Each: Length;
    /// The length of a group, as a value.
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
/// The number `GROUPS` as bits.
type GroupBits<const GROUPS: usize> = <Dim<GROUPS> as Counted>::Bits;

/// The remainder of a length `A` divided by `GROUPS` is 0.
#[diagnostic::on_unimplemented(
    message = "`{By}` has {A} channels in {GROUPS} groups: they are not a multiple of {GROUPS}",
    label = "{GROUPS} groups do not divide {A}",
    note = "the number of groups divides the channels that go in and those that come out",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait NothingLeft<A, By, const GROUPS: usize> {
    /// `Each` itself, resolved only where the remainder is 0.
    type Then<Each: Length>: Length;
    /// `each`, as a value.
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
