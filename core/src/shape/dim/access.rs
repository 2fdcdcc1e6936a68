//! Functions and types by which the rest of the crate uses the items of the sealed traits of axes.

use core::any::TypeId;

use super::{Dyn, Extent, sealed};

/// The axis `A` as a run-time length without a name. [`One`](super::One) stays `One`.
pub(crate) type Erased<A> = <A as sealed::Extent>::Erased;

/// The axis of a part of the axis `A`. The length of the part is known at run time.
pub(crate) type Part<A> = Dyn<<A as sealed::Extent>::PartName>;

/// The type id of the name of `A`, if `A` is a run-time length with a name. Run-time lengths of
/// different names have different type ids.
pub(crate) fn id<A: Extent>() -> Option<TypeId> {
    <A as sealed::Extent>::id()
}

/// The axis `A` as a value, if its length is known at compile time.
pub(crate) const fn known<A: Extent>() -> Option<A> {
    <A as sealed::Extent>::KNOWN
}

/// `axis` as a run-time length without a name. [`One`](super::One) stays `One`.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn erased<A: Extent>(axis: A) -> Erased<A> {
    sealed::Extent::erased(axis)
}

/// The axis `A` with the length `len`, if its length is known at run time. A static axis has the
/// length of its type, whatever `len` is.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn with_len<A: Extent>(len: usize) -> A {
    <A as sealed::Extent>::with_len(len)
}

/// The axis `A` with the length `len`. `None` if `A` is static and has another length.
pub(crate) fn of_len<A: Extent>(len: usize) -> Option<A> {
    <A as sealed::Extent>::of_len(len)
}

/// The size of the axis `A`. In this form the compiler also knows that an axis `Old` of the same
/// size can be renamed to `A` ([`RenamesSize`](super::RenamesSize)).
pub(crate) type Renamed<A, Old, From, To, const AXIS: isize> =
    <<A as Extent>::Size as sealed::Size>::Renamed<Old, A, From, To, AXIS>;

/// Whether the length of the axis `A` is known at compile time: `Yes` or `No`.
pub(crate) type IsStatic<A> = <<A as Extent>::Size as sealed::Size>::IsStatic;
