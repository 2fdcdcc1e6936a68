//! What the code of an evaluation is compiled for: one shape, or all shapes that differ only in
//! their lengths.
//!
//! Types prove that the shapes of operands fit. The computation itself need not know the lengths at
//! compile time: with lengths as values, the same code serves all shapes of one rank that have
//! `One` at the same positions ([`Shared`]). Where there is little to compute, code with constant
//! lengths is shorter than a loop ([`Own`]).

use super::{ListOf, ListTuple, Shape};

/// What the code of an evaluation is compiled for: [`Own`] or [`Shared`].
pub trait Instance {
    /// Whether shapes that differ only in their lengths share the code.
    const IS_SHARED: bool;
    /// The shape type that the code has instead of the shape `S`.
    type Of<S: Shape>: Shape;
    /// The shape value that the code has instead of `shape`.
    fn of<S: Shape>(shape: S) -> Self::Of<S>;
}

/// The code is for one shape. Static lengths are constants, and the code is inlined into the
/// caller, so it uses only the instructions that the compilation target has.
#[derive(Debug)]
pub struct Own;
impl Instance for Own {
    const IS_SHARED: bool = false;
    type Of<S: Shape> = S;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn of<S: Shape>(shape: S) -> S {
        shape
    }
}

/// The code is for all shapes that differ only in their lengths. Lengths are values, and the loops
/// are a function that is compiled once for each SIMD level.
#[derive(Debug)]
pub struct Shared;
impl Instance for Shared {
    const IS_SHARED: bool = true;
    type Of<S: Shape> = <ListOf<S> as ListTuple>::Erased;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn of<S: Shape>(shape: S) -> Self::Of<S> {
        shape.into_list().erased()
    }
}
