//! Length arithmetic: sums and products of lengths as types. typenum lives here and only here.
//!
//! typenum computes with the bits of a number; const generics give a length its identity. [`Counted`] goes from a length to its
//! bits, [`FromBits`] back, by a table that ends at 1024: a larger table costs every build seconds. A length that
//! `dim!` declares brings its bits along, so that it takes part whatever its number.

use core::ops::{Add, Mul};

use typenum::{B0, B1, Bit, Const, ToUInt, U1, UInt, UTerm, Unsigned};

use crate::dim::{Dim, Extent, NamedLength, One, StaticExtent, StaticLength};
use crate::shape::{ListOf, Marked, OneAxis, Shape};

mod table;

/// An axis whose length is known in bits: `Dim` up to 1024, `One`, and named lengths.
pub trait Counted: StaticExtent {
    /// The length in bits.
    type Bits: Unsigned;
}
#[diagnostic::do_not_recommend]
impl<const N: usize> Counted for Dim<N>
where
    Const<N>: ToUInt<Output: Unsigned>,
{
    type Bits = <Const<N> as ToUInt>::Output;
}
impl Counted for One {
    type Bits = U1;
}
#[diagnostic::do_not_recommend]
impl<D: NamedLength<Bits: Unsigned>> Counted for D {
    type Bits = <D as NamedLength>::Bits;
}

/// Bits of which there is a length: up to 1024.
pub trait FromBits: Unsigned {
    /// The length.
    type Length: StaticLength;
}

/// Appends a bit to a number: what `dim!` builds the bits of a const expression with.
pub trait PushBit<const BIT: bool> {
    /// Twice the number, and one more if the bit is set.
    type Out;
}
impl PushBit<false> for UTerm {
    type Out = UTerm;
}
impl PushBit<true> for UTerm {
    type Out = UInt<UTerm, B1>;
}
impl<N, B: Bit> PushBit<false> for UInt<N, B> {
    type Out = UInt<UInt<N, B>, B0>;
}
impl<N, B: Bit> PushBit<true> for UInt<N, B> {
    type Out = UInt<UInt<N, B>, B1>;
}

/// The sum of two lengths is a length that can be computed.
#[diagnostic::on_unimplemented(
    message = "the sum of the lengths `{Self}` and `{Rhs}` is not computed: it is past 1024, or generic",
    label = "name the length of the result",
    note = "write `.concat_to(&other, axis, Dim::<5000>)`: the compiler verifies the number",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Sizes\""
)]
pub trait SumsTo<Rhs> {
    /// The sum.
    type Output: StaticLength;
}
#[diagnostic::do_not_recommend]
impl<A, B> SumsTo<B> for A
where
    A: Counted<Bits: Add<<B as Counted>::Bits, Output: FromBits>>,
    B: Counted,
{
    type Output = <<A::Bits as Add<B::Bits>>::Output as FromBits>::Length;
}

/// The number of elements of a list, in bits.
pub trait CountedList {
    /// The product of the lengths.
    type Bits: Unsigned;
}
impl CountedList for () {
    type Bits = U1;
}
impl<L: CountedList<Bits: Mul<A::Bits, Output: Unsigned>>, A: Counted> CountedList for (L, A) {
    type Bits = <L::Bits as Mul<A::Bits>>::Output;
}

/// The number of elements of a shape is a length that can be computed.
#[diagnostic::on_unimplemented(
    message = "the number of elements of shape `{Self}` is not computed: it is past 1024, or generic",
    label = "name the length of the result",
    note = "write `.flatten_to(Dim::<5000>)`: the compiler verifies the number",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Sizes\""
)]
pub trait Flattens: Shape {
    /// The length of all elements.
    type Output: StaticLength;
}
#[diagnostic::do_not_recommend]
impl<S: Shape> Flattens for S
where
    ListOf<S>: CountedList<Bits: FromBits>,
{
    type Output = <<ListOf<S> as CountedList>::Bits as FromBits>::Length;
}

/// Two shapes have as many elements, as far as that can be computed.
#[diagnostic::on_unimplemented(
    message = "cannot reshape `{Self}` to `{To}`: the numbers of elements differ, or are not computed (past 1024, or generic)",
    label = "not known to have as many elements as `{To}`",
    note = "the lengths of both have the same product; where one is past 1024 or generic write `.reshape_to(shape)`, which a full build verifies",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Sizes\""
)]
pub trait ReshapesTo<To>: Shape {}
#[diagnostic::do_not_recommend]
impl<From: Shape, To: Shape> ReshapesTo<To> for From
where
    ListOf<From>: CountedList,
    ListOf<To>: CountedList<Bits = <ListOf<From> as CountedList>::Bits>,
{
}

/// The axes of two lists are the same, but for the marked one.
#[diagnostic::on_unimplemented(
    message = "cannot concatenate `{First}` and `{Second}`: the other axes differ",
    label = "only the axis along which they are joined may differ",
    note = "every other axis must be the same in both",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Sizes\""
)]
pub trait SameRest<Rest, First, Second> {}
#[diagnostic::do_not_recommend]
impl<M, First, Second> SameRest<M, First, Second> for M {}

/// Two shapes can be joined one behind the other along the axis `Which`.
pub trait Concatenates<Second, Which, Kind, How1, How2>: Shape + OneAxis<Which, Kind, How1> {
    /// The axis of the second shape.
    type Along: Extent;
    /// The position from the end, 0 for the last.
    const AXIS: usize = <Self as OneAxis<Which, Kind, How1>>::INDEX;
}
impl<First, Second, Which, Kind, How1, How2> Concatenates<Second, Which, Kind, How1, How2> for First
where
    First: OneAxis<Which, Kind, How1>,
    Second: OneAxis<Which, Kind, How2>,
    First::Marked: SameRest<Second::Marked, First, Second>,
{
    type Along = Second::Found;
}

/// The list of a shape with `X` in the place of its marked axis.
pub type WithAxis<S, Which, Kind, How, X> = <<S as OneAxis<Which, Kind, How>>::Marked as Marked>::Replaced<X>;
