//! How types that contain a shape are made invariant in the shape type.
//!
//! An axis can be generic in a type that has subtypes: `for<'a> fn(&'a ())` is a subtype of
//! `fn(&'static ())`, and a user's crate can give the axes of these two types different sizes (the
//! compiler only warns of such impls). A struct that holds its shape as a plain field is covariant
//! in the shape type. A tensor of one shape could then be used as a tensor of the other, and be
//! read or written past the end of its memory. So every type that contains a shape is invariant in
//! the shape type:
//!
//! - nodes of expressions and `AxisMoments` hold the shape as [`Carried`];
//! - types that have the shape as a type parameter, but no value of it, have a field [`Invariant`];
//! - tensors are invariant because the type of their buffer is an associated type, which the
//!   storage selects.
//!
//! `tests/ui/soundness` has a case for each type that contains a shape and that a user can name. It
//! also has a case for each relation of two axes, because the compiler first checks a relation
//! without regard to lifetimes. Types may be covariant in their other parameters. For example, a
//! function given to `map` may be used as one of a supertype, but that returns the same element
//! type, because element types are sealed and have no lifetimes.

use core::fmt::{Debug, Formatter, Result};
use core::marker::PhantomData;

/// A field of this type makes a struct invariant in `S`, although the struct holds no value of `S`.
/// `S` is a shape type, or a type that is generic in a shape.
pub type Invariant<S> = PhantomData<fn(S) -> S>;

/// A shape value as a field of another type, which is thereby invariant in the shape type `S`.
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
