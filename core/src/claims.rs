//! What two shapes make of each other, as constants: what `assert_broadcasts!` and `assert_refuses!`
//! ask.
//!
//! Of an associated constant in an inherent impl and one of a trait the compiler takes the inherent
//! one where its bounds hold, and the trait's where they do not. So a refusal is a constant, and no
//! error. That works for concrete shapes only, so the macros write out each question.

use core::marker::PhantomData;

use crate::broadcast::{Broadcast, BroadcastTo, MatMul};
use crate::shape::{Invariant, Shape};

/// What the compiler takes: `<Ask<L, R>>::OPERATOR`, with [`Refused`] in scope.
#[derive(Debug)]
pub struct Ask<Lhs, Rhs>(PhantomData<fn() -> (Lhs, Rhs)>);

/// The answers where the compiler refuses.
pub trait Refused {
    /// To `a + b`.
    const OPERATOR: bool = false;
    /// To `a.matmul(b)`.
    const MATMUL: bool = false;
    /// To `a.assign(b)`.
    const ASSIGN: bool = false;
}
impl<Lhs, Rhs> Refused for Ask<Lhs, Rhs> {}

impl<Lhs: Broadcast<Rhs>, Rhs> Ask<Lhs, Rhs> {
    /// `a + b` compiles.
    pub const OPERATOR: bool = true;
}
impl<Lhs: Shape, Rhs: MatMul<Lhs>> Ask<Lhs, Rhs> {
    /// `a.matmul(b)` compiles.
    pub const MATMUL: bool = true;
}
impl<Lhs: Shape, Rhs: BroadcastTo<Lhs>> Ask<Lhs, Rhs> {
    /// `a.assign(b)` compiles.
    pub const ASSIGN: bool = true;
}

/// Both are shapes: what is none is refused too, and proves nothing.
pub fn shapes<Lhs: Shape, Rhs: Shape>() {}

/// A shape that is claimed, and no supertype of it.
#[derive(Debug)]
pub struct Claimed<S>(Invariant<S>);

/// The shape of `a + b`.
#[must_use]
pub fn operator<Lhs: Broadcast<Rhs>, Rhs>() -> Claimed<Lhs::Output> {
    Claimed(PhantomData)
}
/// The shape of `a.matmul(b)`.
#[must_use]
pub fn matmul<Lhs: Shape, Rhs: MatMul<Lhs>>() -> Claimed<<Rhs as MatMul<Lhs>>::Output> {
    Claimed(PhantomData)
}
/// `a.assign(b)` compiles.
pub fn assign<Lhs: Shape, Rhs: BroadcastTo<Lhs>>() {}
