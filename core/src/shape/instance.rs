//! What an evaluation is compiled for: a shape of its own, or all shapes that are alike.
//!
//! That shapes fit is proven by types. What is left to do does not depend on how long axes are, so
//! the lengths become values, and one body of code computes all shapes of one rank that have their
//! axes of `One` in the same places. Where there is little to compute, code with constant lengths
//! is shorter than a loop.

use super::{ListOf, ListTuple, Shape};

/// What code is compiled for.
pub trait Instance {
    /// Whether shapes that differ in their lengths alone share it.
    const IS_SHARED: bool;
    /// What stands for the shape `S` in it.
    type Of<S: Shape>: Shape;
    /// What stands for the shape in it.
    fn of<S: Shape>(shape: S) -> Self::Of<S>;
}

/// Code for one shape, whose lengths are as constant as its types are. It is inlined where it is
/// used, and has the instructions of the target's baseline.
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

/// Code for all shapes that are alike: lengths are values, and what computes is a function for each
/// level.
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
