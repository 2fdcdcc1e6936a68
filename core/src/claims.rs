//! What the expansions of `assert_broadcasts!` and `assert_refuses!` name: functions that compile
//! only if an operation compiles for two shapes, and constants that say whether it compiles.
//!
//! If an inherent impl and a trait both have an associated constant of the same name, the compiler
//! takes that of the inherent impl where the bounds of the impl hold, and otherwise that of the
//! trait. So for an operation that does not compile the constant is `false`, instead of an error.
//! This works only where the shapes are concrete types, so the expansion of `assert_refuses!` names
//! the constant itself, and calls no generic function for it.

use core::marker::PhantomData;

use crate::broadcast::{Broadcast, BroadcastTo, MatMul};
use crate::shape::{Invariant, Shape};

/// A question about two shapes: with [`Refused`] in scope, `<Ask<L, R>>::OPERATOR` is whether an
/// operator compiles for the shapes `L` and `R`.
#[derive(Debug)]
pub struct Ask<Lhs, Rhs>(PhantomData<fn() -> (Lhs, Rhs)>);

/// The answers for operations that do not compile: `false`.
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

/// Compiles if both types are shapes. `assert_refuses!` requires this, because no operation
/// compiles for a type that is not a shape, so a refusal would prove nothing.
pub fn shapes<Lhs: Shape, Rhs: Shape>() {}

/// The shape `S` of a result, as a claim states it. This type is invariant in `S`, so that a claim
/// which states a supertype of the true shape does not compile.
#[derive(Debug)]
pub struct Claimed<S>(Invariant<S>);

/// Compiles if `a + b` compiles for `a` of shape `Lhs` and `b` of shape `Rhs`. The parameter of the
/// returned type is the shape of `a + b`.
#[must_use]
pub fn operator<Lhs: Broadcast<Rhs>, Rhs>() -> Claimed<Lhs::Output> {
    Claimed(PhantomData)
}
/// Compiles if `a.matmul(b)` compiles for `a` of shape `Lhs` and `b` of shape `Rhs`. The parameter
/// of the returned type is the shape of the product.
#[must_use]
pub fn matmul<Lhs: Shape, Rhs: MatMul<Lhs>>() -> Claimed<<Rhs as MatMul<Lhs>>::Output> {
    Claimed(PhantomData)
}
/// Compiles if `a.assign(b)` compiles for `a` of shape `Lhs` and `b` of shape `Rhs`.
pub fn assign<Lhs: Shape, Rhs: BroadcastTo<Lhs>>() {}
