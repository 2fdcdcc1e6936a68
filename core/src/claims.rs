//! Which operations two shapes have, as constants, for `assert_broadcasts!` and `assert_refuses!`.
//!
//! If both an inherent impl and a trait have an associated constant of one name, the compiler takes
//! the inherent one where its bounds hold, and otherwise the trait's. So a refusal is a constant
//! instead of an error. That works for concrete shapes only, so the macros write out each question.

use core::marker::PhantomData;

use crate::broadcast::{Broadcast, BroadcastTo, MatMul};
use crate::shape::{Invariant, Shape};

/// A question about two shapes: `<Ask<L, R>>::OPERATOR`, with [`Refused`] in scope, is whether an
/// operator compiles.
#[derive(Debug)]
pub struct Ask<Lhs, Rhs>(PhantomData<fn() -> (Lhs, Rhs)>);

/// The answers where the compiler refuses an operation.
pub trait Refused {
    /// `a + b` does not compile.
    const OPERATOR: bool = false;
    /// `a.matmul(b)` does not compile.
    const MATMUL: bool = false;
    /// `a.assign(b)` does not compile.
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

/// Both types are shapes: a type that is no shape is refused too, and that would prove nothing.
pub fn shapes<Lhs: Shape, Rhs: Shape>() {}

/// A claimed shape. It is invariant, so that a supertype of the shape does not pass for it.
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
