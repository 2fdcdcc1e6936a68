//! Nested arrays that hold the elements of a shape: `[[T; 3]; 2]` for `(Dim<2>, Dim<3>)`.
//!
//! [`NestedArray`] is a relation between an array type and a shape. An associated type of the shape
//! would do as well, but then the compiler would report a mismatch of two types, and not a message
//! about shapes.

use super::{FromEnd, NextOf, Outward};
use crate::shape::{Extent, Static};

/// An axis of the size `Self` is as long as the nested arrays at the position of the axis, which
/// have `N` entries each. The other parameters are for the message only: the position, the axis,
/// the nested arrays and the shape.
#[diagnostic::on_unimplemented(
    message = "`{Nested}` does not fill shape `{S}`: axis {I} is {Axis}, and the arrays have {N}",
    label = "axis {I} of the shape is {Axis}, not {N} long",
    note = "the outermost array is the first axis; `array![[1., 2.], [3., 4.]]` and `tensor![..]` find the shape of their rows",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Construction\""
)]
pub trait LongAs<const N: usize, const I: isize, Axis, Nested, S> {
    /// Always `L`, the list of the axes before this axis, but the compiler can resolve this type
    /// only if this axis has the length `N`; so only one mismatch is reported.
    type Beyond<L>;
}
#[diagnostic::do_not_recommend]
impl<const N: usize, const I: isize, Axis, Nested, S> LongAs<N, I, Axis, Nested, S> for Static<N> {
    type Beyond<L> = L;
}

/// The axes of this list have the lengths of the nested arrays, which the list `Lengths` holds as
/// `Static<N>`. `P` is the position of this list's last axis in the shape `S`.
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
/// `Self` must be the type `<ListOf<S> as List>::Array<T>`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not fill shape `{S}` with elements of type `{T}`",
    label = "expected arrays nested as deep as `{S}` has axes, of `{T}`",
    note = "the outermost array is the first axis; `array![[1., 2.], [3., 4.]]` and `tensor![..]` find the shape of their rows",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Construction\""
)]
pub unsafe trait NestedArray<T, S>: Copy {}
