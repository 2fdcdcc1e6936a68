//! A shape in another type, which is invariant in it.
//!
//! An axis can be generic in a type that has subtypes: `for<'a> fn(&'a ())` is a subtype of
//! `fn(&'static ())`, and a user's crate can name another size for each. A struct that holds its
//! shape as a plain field is covariant in it: then a value of one shape passes for one of another,
//! and what is as long as the one says is read, or written, as if it were as long as the other. So
//! every type that carries a shape has it as [`Carried`], or, where there is no value of it, as
//! [`Invariant`]. (Tensors are invariant by their storage, whose buffer is a projection.)

use core::fmt::{Debug, Formatter, Result};
use core::marker::PhantomData;

/// What stands for `S`, a shape or what is generic in one, of which there is no value.
pub type Invariant<S> = PhantomData<fn(S) -> S>;

/// The shape of the value that it is part of.
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
