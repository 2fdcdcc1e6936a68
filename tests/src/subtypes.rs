//! Two lengths of which one is a subtype of the other, and longer.
//!
//! `for<'a> fn(&'a ())` is a subtype of `fn(&'static ())`, so a type with the one as a parameter is
//! a subtype of the type with the other, unless it is invariant. The compiler warns of two
//! implementations for such types, but accepts them, so safe code can have these lengths. The cases
//! of `ui/soundness` check that nothing with the one length can be used with the other.

#![allow(coherence_leak_check, reason = "that is what is tested")]

use core::fmt;
use core::marker::PhantomData;

use shapewright::{NamedLength, Static};

/// A length that has the same subtypes as `T`.
pub struct Of<T>(PhantomData<T>);

/// The length 4,000, a subtype of [`Super`].
pub type Sub = Of<for<'a> fn(&'a ())>;
/// The length 4.
pub type Super = Of<fn(&'static ())>;

impl<T> Clone for Of<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Of<T> {}
impl<T> fmt::Debug for Of<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Of")
    }
}

impl NamedLength for Sub {
    type Size = Static<4000>;
    type Bits = ();
    const NAME: &'static str = "Sub";
    const VALUE: Self = Of(PhantomData);
}
impl NamedLength for Super {
    type Size = Static<4>;
    type Bits = ();
    const NAME: &'static str = "Super";
    const VALUE: Self = Of(PhantomData);
}

// Two types that are subtypes of each other, but still distinct.
impl NamedLength for Of<for<'a> fn(&'a (), &'a ())> {
    type Size = Static<5000>;
    type Bits = ();
    const NAME: &'static str = "Alike";
    const VALUE: Self = Of(PhantomData);
}
impl NamedLength for Of<for<'a, 'b> fn(&'a (), &'b ())> {
    type Size = Static<5>;
    type Bits = ();
    const NAME: &'static str = "Apart";
    const VALUE: Self = Of(PhantomData);
}
