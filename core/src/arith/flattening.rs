//! Flattening: the axis that a call names and all later axes become a single axis, whose length is
//! the product of their lengths.
//!
//! 1. The named axis is marked in the shape's list. [`ProductBehind`] multiplies the lengths of the
//!    marked axis and the axes after it.
//! 2. If one of these lengths is known at run time, the product is a run-time length without a
//!    name.
//! 3. A product of static lengths up to 1024 is mapped to a length by the table of [`FromBits`].
//! 4. A product past 1024 is mapped to a length if it is 4 or 32 times a number of the table.
//!    Products of numbers of channels often are: 16 * 14 * 14 is 4 * 784. [`Quarters`] removes two
//!    zero bits, which divides by 4, and [`Eighths`] removes three more.

use core::ops::Mul;

use typenum::{B0, B1, IsLessOrEqual, U1024, UInt, UTerm};

use super::{FromBits, Measured, Unmeasured};
use crate::shape::{
    Dyn, Extent, FindAxis, Gone, KnownAxes, KnownListOf, Length, ListOf, ListTuple, Shape,
    StaticExtent, StaticLength, TupleOf,
};

/// `Self` is the list of the shape `S` with one axis marked. The lengths of that axis and of all
/// axes after it can be multiplied.
#[diagnostic::on_unimplemented(
    message = "the axes of `{S}` that become one are not multiplied: a length among them is generic",
    label = "name the length of the result",
    note = "write `.flatten_from_to(axis, Dim::<3136>)` (`use shapewright::Dim`), with the product of their lengths, which a full build verifies; generic code takes it as an argument",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Sizes\""
)]
pub trait ProductBehind<S> {
    /// The list of the axes before the marked axis.
    type Before;
    /// The product, as a typenum number, or [`Unmeasured`].
    type Bits;
    /// The list of the axes before the marked axis, and the product, as values.
    fn multiplied(self) -> (Self::Before, usize);
}
#[diagnostic::do_not_recommend]
impl<L, A: Measured, S> ProductBehind<S> for (L, Gone<A>) {
    type Before = L;
    type Bits = A::Bits;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn multiplied(self) -> (L, usize) {
        (self.0, self.1.axis().len())
    }
}
#[diagnostic::do_not_recommend]
impl<L: ProductBehind<S, Bits: Mul<A::Bits>>, A: Measured, S> ProductBehind<S> for (L, A) {
    type Before = L::Before;
    type Bits = <L::Bits as Mul<A::Bits>>::Output;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn multiplied(self) -> (L::Before, usize) {
        let (before, product) = self.0.multiplied();
        // An overflow is reported later, where the elements of the resulting shape are counted.
        (before, product.saturating_mul(self.1.len()))
    }
}

/// A product, as a typenum number or [`Unmeasured`], that can be mapped to a length. `S`, the
/// shape, is for the message only.
pub trait ProductLength<S> {
    /// The length.
    type Length: Length;
    /// The length, as a value. A `Dyn` has the length `len`; for a `Dim`, `len` is not used.
    fn length(len: usize) -> Self::Length;
}
#[diagnostic::do_not_recommend]
impl<S> ProductLength<S> for Unmeasured {
    type Length = Dyn;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn length(len: usize) -> Dyn {
        Dyn::of(len)
    }
}
#[diagnostic::do_not_recommend]
impl<S> ProductLength<S> for UTerm {
    type Length = <UTerm as FromBits>::Length;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn length(len: usize) -> Self::Length {
        <UTerm as FromBits>::length(len)
    }
}
impl<N, B, S> ProductLength<S> for UInt<N, B>
where
    Self: IsLessOrEqual<U1024, Output: InTable<Self, S>>,
{
    type Length = <<Self as IsLessOrEqual<U1024>>::Output as InTable<Self, S>>::Length;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn length(len: usize) -> Self::Length {
        <<Self as IsLessOrEqual<U1024>>::Output as InTable<Self, S>>::length(len)
    }
}

/// `Self` is typenum's answer to whether the number `N` is at most 1024, and so in the table of
/// lengths: [`B1`] if it is, [`B0`] if not.
pub trait InTable<N, S> {
    /// The number `N` as a length.
    type Length: Length;
    /// The length, as a value. A `Dyn` has the length `len`; for a `Dim`, `len` is not used.
    fn length(len: usize) -> Self::Length;
}
#[diagnostic::do_not_recommend]
impl<N: FromBits, S> InTable<N, S> for B1 {
    type Length = N::Length;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn length(len: usize) -> N::Length {
        N::length(len)
    }
}
impl<N: Quarters<S>, S> InTable<N, S> for B0 {
    type Length = N::Length;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn length(_: usize) -> N::Length {
        N::Length::VALUE
    }
}

/// A typenum number past 1024 that is 4 or 32 times a number of the table of lengths, which ends at
/// 1024.
#[diagnostic::on_unimplemented(
    message = "the axes of `{S}` that become one are not multiplied: past 1024 a product is computed where 4 divides it, up to 4096, and where 32 does, up to 32768",
    label = "name the length of the result",
    note = "write `.flatten_from_to(axis, Dim::<1183>)` (`use shapewright::Dim`), with the product of their lengths, which a full build verifies",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Sizes\""
)]
pub trait Quarters<S> {
    /// The number `Self` as a length.
    type Length: StaticLength;
}
impl<N, S> Quarters<S> for UInt<UInt<N, B0>, B0>
where
    N: IsLessOrEqual<U1024, Output: QuarterInTable<N, S>>,
{
    type Length = <<N as IsLessOrEqual<U1024>>::Output as QuarterInTable<N, S>>::Length;
}
/// `N` is a quarter of a product past 1024. `Self` is typenum's answer to whether `N` is at most
/// 1024, and so in the table of lengths: [`B1`] if it is, [`B0`] if not.
pub trait QuarterInTable<N, S> {
    /// The number `4 * N` as a length.
    type Length: StaticLength;
}
#[diagnostic::do_not_recommend]
impl<N: FromBits, S> QuarterInTable<N, S> for B1 {
    type Length = N::By4;
}
impl<N: Eighths<S>, S> QuarterInTable<N, S> for B0 {
    type Length = N::Length;
}
/// `Self` is 8 times a number of the table of lengths, which ends at 1024. The product that is
/// computed is 4 times `Self`, so 32 times that number.
#[diagnostic::on_unimplemented(
    message = "the axes of `{S}` that become one are not multiplied: past 1024 a product is computed where 4 divides it, up to 4096, and where 32 does, up to 32768",
    label = "name the length of the result",
    note = "write `.flatten_from_to(axis, Dim::<1183>)` (`use shapewright::Dim`), with the product of their lengths, which a full build verifies",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Sizes\""
)]
pub trait Eighths<S> {
    /// The number `4 * Self` as a length.
    type Length: StaticLength;
}
#[diagnostic::do_not_recommend]
impl<N: FromBits, S> Eighths<S> for UInt<UInt<UInt<N, B0>, B0>, B0> {
    type Length = N::By32;
}

/// A list in which one axis is marked. That axis and the axes after it are to be replaced by a
/// single axis.
pub trait BeforeMarked {
    /// The list of the axes before the marked axis.
    type Before;
    /// The list of the axes before the marked axis, and the product of the lengths of the marked
    /// axis and the axes after it.
    fn counted(self) -> (Self::Before, usize);
}
impl<L, A: Extent> BeforeMarked for (L, Gone<A>) {
    type Before = L;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn counted(self) -> (L, usize) {
        (self.0, self.1.axis().len())
    }
}
impl<L: BeforeMarked, A: Extent> BeforeMarked for (L, A) {
    type Before = L::Before;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn counted(self) -> (L::Before, usize) {
        let (before, count) = self.0.counted();
        (before, count.saturating_mul(self.1.len()))
    }
}

/// `Which`, an argument whose `AxisArg::Kind` is `Self`, names one axis of the shape `S`. That axis
/// and the axes after it are replaced by the axis `N`.
#[diagnostic::on_unimplemented(
    message = "one axis of shape `{S}` is asked for here",
    label = "expected `Axis::<1>`, or an axis's own name",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait FlattensFromTo<Which, S, How, N> {
    /// The resulting shape.
    type Output: Shape;
    /// The resulting shape, as a value.
    fn flattened(shape: S, length: N) -> Self::Output;
}
impl<Which, S: Shape, Kind, How, N: Extent> FlattensFromTo<Which, S, How, N> for Kind
where
    ListOf<S>: KnownAxes<S>,
    Kind: FindAxis<Which, KnownListOf<S>, How, S, Marked: BeforeMarked>,
    (BeforeOf<Kind, Which, S, How>, N): ListTuple,
{
    type Output = TupleOf<(BeforeOf<Kind, Which, S, How>, N)>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn flattened(shape: S, length: N) -> Self::Output {
        let (before, _) = Kind::find(shape.into_list().known()).1.counted();
        (before, length).into_tuple()
    }
}
type BeforeOf<Kind, Which, S, How> =
    <<Kind as FindAxis<Which, KnownListOf<S>, How, S>>::Marked as BeforeMarked>::Before;

/// `Which`, an argument whose `AxisArg::Kind` is `Self`, names one axis of the shape `S`. That axis
/// and the axes after it are replaced by a single axis, whose length is the product of their
/// lengths.
#[diagnostic::on_unimplemented(
    message = "one axis of shape `{S}` is asked for here",
    label = "expected `Axis::<1>`, or an axis's own name",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait FlattensFrom<Which, S, How> {
    /// The resulting shape.
    type Output: Shape;
    /// The resulting shape, as a value.
    fn flattened(shape: S) -> Self::Output;
}
impl<Which, S: Shape, Kind, How> FlattensFrom<Which, S, How> for Kind
where
    ListOf<S>: KnownAxes<S>,
    Kind: FindAxis<Which, KnownListOf<S>, How, S>,
    Kind::Marked: ProductBehind<S, Bits: ProductLength<S>>,
    (BeforeProduct<Kind, Which, S, How>, LengthProduct<Kind, Which, S, How>): ListTuple,
{
    type Output = TupleOf<(BeforeProduct<Kind, Which, S, How>, LengthProduct<Kind, Which, S, How>)>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn flattened(shape: S) -> Self::Output {
        let (before, product) = Kind::find(shape.into_list().known()).1.multiplied();
        (before, <<Kind::Marked as ProductBehind<S>>::Bits as ProductLength<S>>::length(product))
            .into_tuple()
    }
}
type BeforeProduct<Kind, Which, S, How> =
    <<Kind as FindAxis<Which, KnownListOf<S>, How, S>>::Marked as ProductBehind<S>>::Before;
type LengthProduct<Kind, Which, S, How> =
    <<<Kind as FindAxis<Which, KnownListOf<S>, How, S>>::Marked as ProductBehind<S>>::Bits as ProductLength<S>>::Length;
