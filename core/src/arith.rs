//! Length arithmetic: sums and products of lengths as types. typenum is used here and nowhere else.
//!
//! Const generics give a length its identity, but stable Rust cannot compute with them in types. So
//! a sum goes by way of typenum, which computes with the bits of a number:
//!
//! 1. [`Counted`] maps a length to its bits. A length that `dim!` declares brings its bits along,
//!    so that it takes part whatever its number.
//! 2. typenum adds or multiplies the bits.
//! 3. [`FromBits`] maps the result back to a length, by a table that ends at 1024 (`table.rs`): a
//!    larger table would cost every build seconds.
//!
//! Where a length is known at run time, its bits are [`Unmeasured`], which compares equal to any
//! number, and the result is known at run time. For results past 1024 and in generic code, the
//! `_to` forms (`concat_to`, `flatten_to`, `reshape_to`) take the result from the caller, and
//! `verify.rs` checks it in a full build.

use core::ops::{Add, Mul};

use typenum::{B0, B1, Bit, Const, IsEqual, ToUInt, U1, UInt, UTerm, Unsigned};

use crate::shape::{
    Dim, Dyn, Extent, KnownSize, Length, ListOf, NamedLength, One, RunTimeName, Shape,
    StaticExtent, StaticLength, element_count,
};

mod flattening;
mod groups;
mod padding;
mod table;
mod windows;

pub use flattening::{FlattensFrom, FlattensFromTo};
pub use groups::{Divides, EachGroup, Groups};
pub use padding::PadsTo;
pub use windows::{PaddedWindow, PadsHalf, WindowsOver};
pub(crate) use windows::{count as windows, padded, reach};

/// An axis whose length is known as bits: `Dim` up to 1024, `One`, and named lengths.
pub trait Counted: StaticExtent {
    /// The length as bits.
    type Bits: Unsigned;
}
#[diagnostic::do_not_recommend]
impl<const N: usize> Counted for Dim<N>
where
    Const<N>: ToUInt<Output: Unsigned>,
{
    type Bits = <Const<N> as ToUInt>::Output;
}
#[diagnostic::do_not_recommend]
impl Counted for One {
    type Bits = U1;
}
#[diagnostic::do_not_recommend]
impl<D: NamedLength<Bits: Unsigned, Size: KnownSize<D>>> Counted for D {
    type Bits = <D as NamedLength>::Bits;
}

/// A length that was computed: a number, or one known at run time. Relations require it of a result
/// before they resolve what follows. As it has two impls, the compiler picks neither while the
/// length is unknown, and reports nothing about what follows.
pub trait ComputedLength {
    /// `X` itself, resolved only where there is such a length.
    type Then<X>;
    /// `X`, as a value.
    fn then<X>(x: X) -> Self::Then<X>;
}
#[diagnostic::do_not_recommend]
impl<const N: usize> ComputedLength for Dim<N> {
    type Then<X> = X;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn then<X>(x: X) -> X {
        x
    }
}
#[diagnostic::do_not_recommend]
impl<N: RunTimeName> ComputedLength for Dyn<N> {
    type Then<X> = X;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn then<X>(x: X) -> X {
        x
    }
}

/// Bits for which there is a length: up to 1024, and [`Unmeasured`].
pub trait FromBits {
    /// The length.
    type Length: Length;
    /// The length, as a value: `len` if the type does not say it.
    fn length(len: usize) -> Self::Length;
    /// The length that is 4 times as long. It is used where a product is past 1024.
    type By4: StaticLength;
    /// The length that is 32 times as long.
    type By32: StaticLength;
}

/// Stands for the bits of a length that is known at run time, and for what is computed from it. It
/// compares equal to any number.
#[derive(Debug)]
pub struct Unmeasured;
impl FromBits for Unmeasured {
    type Length = Dyn;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn length(len: usize) -> Dyn {
        Dyn::of(len)
    }
    // Not used: an unmeasured product is never looked up past 1024.
    type By4 = Dim<0>;
    type By32 = Dim<0>;
}
impl<Bits> Mul<Bits> for Unmeasured {
    type Output = Self;
    fn mul(self, _: Bits) -> Self {
        self
    }
}
impl<N, B> Mul<Unmeasured> for UInt<N, B> {
    type Output = Unmeasured;
    fn mul(self, unmeasured: Unmeasured) -> Unmeasured {
        unmeasured
    }
}
impl Mul<Unmeasured> for UTerm {
    type Output = Unmeasured;
    fn mul(self, unmeasured: Unmeasured) -> Unmeasured {
        unmeasured
    }
}
/// An axis whose length is counted by the compiler, or at run time.
pub trait Measured: Extent {
    /// The length as bits, or [`Unmeasured`].
    type Bits;
}
#[diagnostic::do_not_recommend]
impl<A: Counted> Measured for A {
    type Bits = A::Bits;
}
#[diagnostic::do_not_recommend]
impl<N: RunTimeName> Measured for Dyn<N> {
    type Bits = Unmeasured;
}

/// Appends a bit to a number. `dim!` builds the bits of a const expression with it.
pub trait PushBit<const BIT: bool> {
    /// Twice the number, plus one if the bit is set.
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
    note = "write `.concat_to(&other, axis, Dim::<5000>)`, with the length of both (`use shapewright::Dim`), which a full build verifies; generic code takes it as an argument",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Sizes\""
)]
pub trait SumsTo<Rhs> {
    /// The sum.
    type Output: Length;
    /// The sum, as a value.
    fn sum(self, rhs: Rhs) -> Self::Output;
}
#[diagnostic::do_not_recommend]
impl<A, B> SumsTo<B> for A
where
    A: Counted<Bits: Add<<B as Counted>::Bits, Output: FromBits>>,
    B: Counted,
{
    type Output = <<A::Bits as Add<B::Bits>>::Output as FromBits>::Length;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn sum(self, rhs: B) -> Self::Output {
        <<A::Bits as Add<B::Bits>>::Output as FromBits>::length(
            self.len().saturating_add(rhs.len()),
        )
    }
}
// The sum of a run-time length and another one keeps the name of the first.
#[diagnostic::do_not_recommend]
impl<N: RunTimeName, B: Extent> SumsTo<B> for Dyn<N> {
    type Output = Self;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn sum(self, rhs: B) -> Self {
        Self::named(added(self.len(), rhs.len()))
    }
}
#[diagnostic::do_not_recommend]
impl<A: StaticExtent, N: RunTimeName> SumsTo<Dyn<N>> for A {
    type Output = Dyn;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn sum(self, rhs: Dyn<N>) -> Dyn {
        Dyn::of(added(self.len(), rhs.len()))
    }
}

/// The sum of two lengths, saturated on overflow. `agreement::sum` then panics at the caller's
/// line, with both lengths, as the saturated number is not their sum.
#[cfg_attr(not(unoptimised), inline(always))]
fn added(a: usize, b: usize) -> usize {
    a.saturating_add(b)
}

/// The number of elements of a list, as bits. `From` and `To`, the shapes of a reshape, are for the
/// message only.
#[diagnostic::on_unimplemented(
    message = "cannot reshape `{From}` to `{To}` by `.reshape`: the elements are not counted where a length is past 1024, generic, or a plain number",
    label = "not known to have as many elements as `{From}`",
    note = "a shape is written `shape![3, 4]`, not `(3, 4)`; for a long or generic length write `.reshape_to(..)` with the same shape: a full build counts the elements",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Sizes\""
)]
pub trait CountedList<From, To> {
    /// The product of the lengths.
    type Bits;
    /// `X` itself, resolved only where the list is counted.
    type Then<X>;
}
#[diagnostic::do_not_recommend]
impl<From, To> CountedList<From, To> for () {
    type Bits = U1;
    type Then<X> = X;
}
#[diagnostic::do_not_recommend]
impl<L: CountedList<From, To, Bits: Mul<A::Bits>>, A: Measured, From, To> CountedList<From, To>
    for (L, A)
{
    type Bits = <L::Bits as Mul<A::Bits>>::Output;
    type Then<X> = X;
}

/// The number of elements of a shape is a length that can be computed.
#[diagnostic::on_unimplemented(
    message = "the number of elements of shape `{Self}` is not computed: it is past 1024, or generic",
    label = "name the length of the result",
    note = "write `.flatten_to(Dim::<5000>)`, with the number of elements (`use shapewright::Dim`), which a full build verifies; generic code takes it as an argument",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Sizes\""
)]
pub trait Flattens: Shape {
    /// The number of elements, as a length.
    type Output: Length;
    /// The number of elements, as a value.
    fn flattened(self) -> <Self as Flattens>::Output;
}
#[diagnostic::do_not_recommend]
impl<S: Shape> Flattens for S
where
    ListOf<S>: CountedList<S, S, Bits: FromBits>,
{
    type Output = <<ListOf<S> as CountedList<S, S>>::Bits as FromBits>::Length;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn flattened(self) -> <Self as Flattens>::Output {
        <<ListOf<S> as CountedList<S, S>>::Bits as FromBits>::length(element_count(self))
    }
}

/// The numbers of elements of two shapes are the same.
#[diagnostic::on_unimplemented(
    message = "cannot reshape `{From}` to `{To}`: the numbers of elements differ",
    label = "`{To}` does not have as many elements as `{From}`",
    note = "the lengths of both shapes have the same product",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Sizes\""
)]
pub trait SameCount<From, To> {}
#[diagnostic::do_not_recommend]
impl<From, To> SameCount<From, To> for Same {}

/// Two numbers are the same.
#[derive(Debug)]
pub struct Same;
/// Two numbers differ.
#[derive(Debug)]
pub struct Different;
/// typenum's answer as a word of this crate, which messages print.
pub trait Answer {
    /// [`Same`] or [`Different`].
    type Is;
}
impl Answer for B1 {
    type Is = Same;
}
impl Answer for B0 {
    type Is = Different;
}

/// Whether two counts are the same, as far as they are known.
///
/// | | a number | unmeasured |
/// |---|---|---|
/// | a number | typenum says | same |
/// | unmeasured | same | same |
pub trait Compares<Other> {
    /// [`Same`] or [`Different`].
    type Is;
}
impl<Other> Compares<Other> for Unmeasured {
    type Is = Same;
}
impl<N, B, Other: ComparesNumber<Self>> Compares<Other> for UInt<N, B> {
    type Is = Other::Is;
}
impl<Other: ComparesNumber<Self>> Compares<Other> for UTerm {
    type Is = Other::Is;
}
/// Whether a count is the same as the number `Bits`.
pub trait ComparesNumber<Bits> {
    /// [`Same`] or [`Different`].
    type Is;
}
impl<Bits> ComparesNumber<Bits> for Unmeasured {
    type Is = Same;
}
impl<N, B, Bits: IsEqual<Self, Output: Answer>> ComparesNumber<Bits> for UInt<N, B> {
    type Is = <Bits::Output as Answer>::Is;
}
impl<Bits: IsEqual<Self, Output: Answer>> ComparesNumber<Bits> for UTerm {
    type Is = <Bits::Output as Answer>::Is;
}

/// The list of `To`, resolved only where that of `From` is counted.
type ToCount<From, To> = <ListOf<From> as CountedList<From, To>>::Then<ListOf<To>>;

/// The shape has as many elements as `From`, as far as that can be computed. If a length is known
/// at run time, the elements are counted then.
pub trait ReshapesFrom<From>: Shape {}
impl<From: Shape, To: Shape> ReshapesFrom<From> for To
where
    ListOf<From>: CountedList<From, To>,
    ToCount<From, To>: CountedList<From, To>,
    <ListOf<From> as CountedList<From, To>>::Bits:
        Compares<<ToCount<From, To> as CountedList<From, To>>::Bits, Is: SameCount<From, To>>,
{
}
