//! Length arithmetic: sums and products of lengths as types. typenum is used here and nowhere else.
//!
//! A length is a const generic, such as `Dim<3>`, but stable Rust cannot compute with const
//! generics in types. So sums and products are computed by typenum, which writes a number as a type
//! that is built from the bits of the number:
//!
//! 1. [`Counted`] maps a length to a typenum number. `dim!` declares the number of a named length
//!    together with the name, so such a length may be of any size.
//! 2. typenum adds or multiplies the numbers.
//! 3. [`FromBits`] maps the resulting number back to a length, by a table of impls that ends at
//!    1024 (`table.rs`). A larger table would make every build seconds longer.
//!
//! A run-time length has no typenum number. `Unmeasured`, which compares equal to any number,
//! stands in its place. The sum or product of a run-time length and another length is a run-time
//! length, too. For results past 1024 and in generic code there are `_to` forms of the operations
//! (`concat_to`, `flatten_to`, `reshape_to`): the caller passes the resulting length, which
//! `verify.rs` checks in a full build.

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

/// An axis whose length typenum can compute with: `Dim` up to 1024, `One`, and named static
/// lengths.
pub trait Counted: StaticExtent {
    /// The length, as a typenum number.
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

/// A length that was computed: `Dim<N>` or a run-time length, for each of which there is an impl
/// below. If the computation failed, the compiler does not know the length. It then chooses neither
/// impl, so it cannot resolve `Then<X>`. Relations give `Then<..>` as their result, so that such a
/// failure is reported once.
pub trait ComputedLength {
    /// Always `X`, but the compiler can resolve this type only if the length was computed.
    /// Otherwise the compiler checks nothing that depends on this type, and reports one error.
    type Then<X>;
    /// `x`, as a value of the type `Then<X>`.
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

/// What can be mapped back to a length: a typenum number up to 1024, or `Unmeasured`.
pub trait FromBits {
    /// The length: `Dim<N>` for a number `N`, and `Dyn` for `Unmeasured`.
    type Length: Length;
    /// The length, as a value. A `Dyn` has the length `len`; for a `Dim`, `len` is not used.
    fn length(len: usize) -> Self::Length;
    /// The length `Dim<{ 4 * N }>` for the number `N`, for products past 1024.
    type By4: StaticLength;
    /// The length `Dim<{ 32 * N }>` for the number `N`, for products past 1024.
    type By32: StaticLength;
}

/// Stands in place of the typenum number of a run-time length, and of every product with a run-time
/// length. `Unmeasured` compares equal to any number.
#[derive(Debug)]
pub struct Unmeasured;
impl FromBits for Unmeasured {
    type Length = Dyn;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn length(len: usize) -> Dyn {
        Dyn::of(len)
    }
    // Never used: `By4` and `By32` serve only products past 1024, and `Unmeasured` is no number.
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
/// An axis whose length typenum can compute with ([`Counted`]), or which is known at run time.
pub trait Measured: Extent {
    /// The length, as a typenum number, or `Unmeasured`.
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

/// Appends the bit `BIT` to the binary form of a typenum number. With this trait `dim!` builds the
/// typenum number of a length from a const expression, one bit at a time.
pub trait PushBit<const BIT: bool> {
    /// The number `2 * Self + BIT`.
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

/// The sum of the lengths of the axes `Self` and `Rhs` is a length that can be computed.
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
// If the first length is known only at run time, the sum has the name of the first length.
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

/// The sum `a + b`, or `usize::MAX` if it overflows. `agreement::sum` compares the result with the
/// true sum afterwards: after an overflow it panics, and the message shows the caller's line and
/// both lengths.
#[cfg_attr(not(unoptimised), inline(always))]
fn added(a: usize, b: usize) -> usize {
    a.saturating_add(b)
}

/// `Self` is the list of a shape whose number of elements can be computed as a typenum number.
/// `From` and `To`, the shapes of a reshape, are for the message only.
#[diagnostic::on_unimplemented(
    message = "cannot reshape `{From}` to `{To}` by `.reshape`: the elements are not counted where a length is past 1024, generic, or a plain number",
    label = "not known to have as many elements as `{From}`",
    note = "a shape is written `shape![3, 4]`, not `(3, 4)`, and a name that `dim!` declared without a length `Batch.of(n)`; for a long or generic length write `.reshape_to(..)` with the same shape: a full build counts the elements",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Sizes\""
)]
pub trait CountedList<From, To> {
    /// The product of the lengths, as a typenum number, or `Unmeasured`.
    type Bits;
    /// Always `X`, but the compiler can resolve this type only if the product can be computed.
    /// Otherwise the compiler checks nothing that depends on this type, and reports one error.
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

/// The number of elements of this shape is a length that can be computed.
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

/// Implemented for `Same`: the shapes `From` and `To` have the same number of elements.
#[diagnostic::on_unimplemented(
    message = "cannot reshape `{From}` to `{To}`: the numbers of elements differ",
    label = "`{To}` does not have as many elements as `{From}`",
    note = "the lengths of both shapes have the same product",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Sizes\""
)]
pub trait SameCount<From, To> {}
#[diagnostic::do_not_recommend]
impl<From, To> SameCount<From, To> for Same {}

/// The result of a comparison: two numbers are the same.
#[derive(Debug)]
pub struct Same;
/// The result of a comparison: two numbers differ.
#[derive(Debug)]
pub struct Different;
/// Maps typenum's answer to a comparison, [`B1`] or [`B0`], to a type whose name makes error
/// messages clear.
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

/// Compares two numbers of elements, `Self` and `Other`. If one of them is `Unmeasured`, they
/// count as the same.
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
/// Compares a number of elements, `Self`, with `Bits`, which is a typenum number and not
/// `Unmeasured`.
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

/// Always the list of `To`, but the compiler can resolve this type only if the elements of `From`
/// can be counted. Otherwise the compiler checks nothing about the list of `To`, and reports only
/// the mistake in `From`.
type ToCount<From, To> = <ListOf<From> as CountedList<From, To>>::Then<ListOf<To>>;

/// This shape has as many elements as `From`. The compiler checks that if all lengths are static;
/// otherwise the elements are counted at run time.
pub trait ReshapesFrom<From>: Shape {}
impl<From: Shape, To: Shape> ReshapesFrom<From> for To
where
    ListOf<From>: CountedList<From, To>,
    ToCount<From, To>: CountedList<From, To>,
    <ListOf<From> as CountedList<From, To>>::Bits:
        Compares<<ToCount<From, To> as CountedList<From, To>>::Bits, Is: SameCount<From, To>>,
{
}
