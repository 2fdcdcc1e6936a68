//! A shape inside another type, which is invariant in it.
//!
//! An axis can be generic in a type that has subtypes: `for<'a> fn(&'a ())` is a subtype of
//! `fn(&'static ())`, and a user's crate can give each of them another size (the compiler only
//! warns of that). A struct that holds its shape as a plain field is covariant in it. A value of
//! one shape could then pass for a value of another, and be read or written past the end of its
//! memory. So every type that carries a shape is invariant in it:
//!
//! - nodes of expressions and `AxisMoments` hold the shape as [`Carried`];
//! - types that have it as a parameter only, without a value, have [`Invariant`];
//! - tensors are invariant by their storage, whose buffer is a projection.
//!
//! `tests/ui/soundness` has a case for each type that can be named, and for each relation of two
//! axes, which the compiler checks without lifetimes first. Whatever is not invariant does no harm:
//! elements are sealed and have no lifetimes, so a function given to `map` returns the same
//! elements as its subtypes do.

use core::fmt::{Debug, Formatter, Result};
use core::marker::PhantomData;

/// Stands for `S`, a shape or a type that is generic in one, where there is no value of it.
pub type Invariant<S> = PhantomData<fn(S) -> S>;

/// A shape that is a field of another type.
#[derive(Clone, Copy)]
pub struct Carried<S> {
    shape: S,
    marker: Invariant<S>,
}

impl<S> Carried<S> {
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) const fn new(shape: S) -> Self {
        Self { shape, marker: PhantomData }
    }
}

impl<S: Copy> Carried<S> {
    /// The shape.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) const fn get(&self) -> S {
        self.shape
    }
}

impl<S: Debug> Debug for Carried<S> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        self.shape.fmt(f)
    }
}
