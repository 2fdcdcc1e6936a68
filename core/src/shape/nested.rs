//! Nested arrays as the elements of a shape: `[[T; 3]; 2]` for `(2, 3)`.
//!
//! This is a relation between the two, and not an associated type of the shape, so that a mistake
//! is reported as one about shapes.

use super::{FromEnd, NextOf, Outward};
use crate::shape::{Extent, Static};

/// An axis of this size is as long as the arrays of length `N` at its position.
#[diagnostic::on_unimplemented(
    message = "`{Nested}` does not fill shape `{S}`: axis {I} is {Axis}, and the arrays have {N}",
    label = "axis {I} of the shape is {Axis}, not {N} long",
    note = "the outermost array is the first axis; `array![[1., 2.], [3., 4.]]` and `tensor![..]` find the shape of their rows",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Construction\""
)]
pub trait LongAs<const N: usize, const I: isize, Axis, Nested, S> {
    /// `L`, the axes further out, resolved only where this axis is as long.
    type Beyond<L>;
}
#[diagnostic::do_not_recommend]
impl<const N: usize, const I: isize, Axis, Nested, S> LongAs<N, I, Axis, Nested, S> for Static<N> {
    type Beyond<L> = L;
}

/// The axes of the list are as long as the arrays, whose lengths are the list `Lengths`. `P` is the
/// position of the last axis.
pub trait AllLongAs<Lengths, Nested, S, P> {}
#[diagnostic::do_not_recommend]
impl<Nested, S, P> AllLongAs<(), Nested, S, P> for () {}
impl<L, A: Extent, R, const N: usize, const I: isize, Nested, S>
    AllLongAs<(R, Static<N>), Nested, S, FromEnd<I>> for (L, A)
where
    FromEnd<I>: Outward,
    A::Size: LongAs<N, I, A, Nested, S>,
    <A::Size as LongAs<N, I, A, Nested, S>>::Beyond<L>: AllLongAs<R, Nested, S, NextOf<I>>,
{
}

/// Nested arrays of `T` with the lengths of the shape `S`.
///
/// # Safety
/// This is the type `<ListOf<S> as List>::Array<T>`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not fill shape `{S}` with elements of type `{T}`",
    label = "expected arrays nested as deep as `{S}` has axes, of `{T}`",
    note = "the outermost array is the first axis; `array![[1., 2.], [3., 4.]]` and `tensor![..]` find the shape of their rows",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Construction\""
)]
pub unsafe trait NestedArray<T, S>: Copy {}
