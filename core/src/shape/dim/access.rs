//! What sealed traits know of an axis, for the rest of the crate.

use core::any::TypeId;

use super::{Dyn, Extent, sealed};

/// The type of the axis `A` with its length as a value known at run time.
pub(crate) type Erased<A> = <A as sealed::Extent>::Erased;

/// The type of a part of the axis `A`, whose length is known at run time.
pub(crate) type Part<A> = Dyn<<A as sealed::Extent>::PartName>;

/// The type id that tells the name of the axis `A` from other names, if its length is known at run
/// time.
pub(crate) fn id<A: Extent>() -> Option<TypeId> {
    <A as sealed::Extent>::id()
}

/// The axis `A` as a value, if its length is known at compile time.
pub(crate) const fn known<A: Extent>() -> Option<A> {
    <A as sealed::Extent>::KNOWN
}

/// `axis` with its length as a value known at run time.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn erased<A: Extent>(axis: A) -> Erased<A> {
    sealed::Extent::erased(axis)
}

/// `axis` with the length `len`, if it holds its length as a value; otherwise `axis` itself.
#[cfg(feature = "rayon")]
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn with_len<A: Extent>(axis: A, len: usize) -> A {
    sealed::Extent::with_len(axis, len)
}

/// The axis `A` of length `len`, if it can have it.
pub(crate) fn of_len<A: Extent>(len: usize) -> Option<A> {
    <A as sealed::Extent>::of_len(len)
}

/// Whether the length of the axis `A` is known at compile time, as a type.
pub(crate) type IsStatic<A> = <<A as Extent>::Size as sealed::Size>::IsStatic;
