//! What an evaluation is compiled for: one shape, or all shapes that are alike.
//!
//! Types prove that shapes fit. What is left to compute does not depend on how long the axes are,
//! so lengths become values, and one body of code serves all shapes of one rank that have their
//! axes of `One` in the same positions. Where there is little to compute, code with constant
//! lengths is shorter than a loop.

use super::{ListOf, ListTuple, Shape};

/// What an evaluation is compiled for: [`Own`] or [`Shared`].
pub trait Instance {
    /// Whether all shapes that differ only in their lengths share the code.
    const IS_SHARED: bool;
    /// The type that stands for the shape `S` in that code.
    type Of<S: Shape>: Shape;
    /// The value that stands for `shape` in that code.
    fn of<S: Shape>(shape: S) -> Self::Of<S>;
}

/// Code for one shape, whose lengths are constants. It is inlined where it is used, and compiled
/// for the instructions of the target's baseline.
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

/// Code for all shapes that are alike: lengths are values, and the loops are a function for each
/// SIMD level.
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
