//! Channels in groups: a length divided by a number, where it is a multiple of it.

use core::ops::{Div, Rem};

use typenum::{B1, UInt, UTerm};

use super::{Counted, FromBits};
use crate::shape::{Dim, Length};

/// The number of groups.
#[derive(Debug)]
pub struct Groups<const GROUPS: usize>;

/// The length `A` is a multiple of this number of groups. `By`, a layer, is carried for messages.
///
/// One group of any length is that length, so that generic code needs no where clause.
pub trait Divides<A, By> {
    /// The length of a group.
    type Each: Length;
    /// The length of a group, as a value.
    fn each(axis: A) -> Self::Each;
}
impl<A, By, const GROUPS: usize> Divides<A, By> for Groups<GROUPS>
where
    Dim<GROUPS>: Counted<Bits: DividesBits<A, By, GROUPS>>,
{
    type Each = <<Dim<GROUPS> as Counted>::Bits as DividesBits<A, By, GROUPS>>::Each;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn each(axis: A) -> Self::Each {
        <Dim<GROUPS> as Counted>::Bits::each(axis)
    }
}

/// The length `A` is a multiple of this number, `GROUPS` in bits.
#[diagnostic::on_unimplemented(
    message = "`{By}` has {GROUPS} groups: there is one or more",
    label = "not a number of groups"
)]
pub trait DividesBits<A, By, const GROUPS: usize> {
    /// The length of a group.
    type Each: Length;
    /// The length of a group, as a value.
    fn each(axis: A) -> Self::Each;
}
#[diagnostic::do_not_recommend]
impl<A: Length, By, const GROUPS: usize> DividesBits<A, By, GROUPS> for UInt<UTerm, B1> {
    type Each = A;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn each(axis: A) -> A {
        axis
    }
}
impl<A, N, B, C, By, const GROUPS: usize> DividesBits<A, By, GROUPS> for UInt<UInt<N, B>, C>
where
    A: GroupedBy<Self, By, GROUPS>,
    A::Rest: NothingLeft<A, By, GROUPS>,
{
    type Each = <A::Rest as NothingLeft<A, By, GROUPS>>::Then<A::Each>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn each(axis: A) -> Self::Each {
        A::Rest::then(axis.each())
    }
}

/// The length can be divided by `Bits`, which is the number `GROUPS`.
#[diagnostic::on_unimplemented(
    message = "`{By}` has {Self} channels in {GROUPS} groups: the compiler cannot divide them",
    label = "a length that is generic, of run time, or past 1024",
    note = "generic code has one group; more are of lengths by number or by name",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait GroupedBy<Bits, By, const GROUPS: usize> {
    /// What is left, in bits.
    type Rest;
    /// The length of a group, where nothing is left.
    type Each: Length;
    /// The length of a group, as a value.
    fn each(self) -> Self::Each;
}
#[diagnostic::do_not_recommend]
impl<A: Counted, Bits, By, const GROUPS: usize> GroupedBy<Bits, By, GROUPS> for A
where
    A::Bits: Rem<Bits> + Div<Bits, Output: FromBits>,
{
    type Rest = <A::Bits as Rem<Bits>>::Output;
    type Each = <<A::Bits as Div<Bits>>::Output as FromBits>::Length;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn each(self) -> Self::Each {
        <<A::Bits as Div<Bits>>::Output as FromBits>::length(self.len() / GROUPS.max(1))
    }
}

/// What is left of a length `A` in `GROUPS` groups is nothing.
#[diagnostic::on_unimplemented(
    message = "`{By}` has {A} channels in {GROUPS} groups: they are not a multiple of {GROUPS}",
    label = "{GROUPS} groups do not divide {A}",
    note = "the number of groups divides the channels that go in and those that come out",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait NothingLeft<A, By, const GROUPS: usize> {
    /// `Each`, which is looked at only where nothing is left.
    type Then<Each: Length>: Length;
    /// `each`, as a value.
    fn then<Each: Length>(each: Each) -> Self::Then<Each>;
}
#[diagnostic::do_not_recommend]
impl<A, By, const GROUPS: usize> NothingLeft<A, By, GROUPS> for UTerm {
    type Then<Each: Length> = Each;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn then<Each: Length>(each: Each) -> Each {
        each
    }
}
