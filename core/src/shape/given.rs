//! Shapes that are made from numbers at run time: from all lengths, or from the number of elements.

use super::{Dyn, Extent, List, ListOf, No, RunTimeName, Shape, StaticExtent, Yes};
use crate::axes::AxisKind;

/// An axis that can be made from a number: a static axis only from its own length, a run-time
/// length from any number.
#[diagnostic::on_unimplemented(
    message = "the length of axis `{Self}` is not known here",
    label = "needs a length of compile time, or of run time",
    note = "in generic code ask for `StaticLength` instead of `Length`, or take the shape as an argument",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Lengths\""
)]
pub trait GivenExtent: Extent {}
#[diagnostic::do_not_recommend]
impl<A: StaticExtent> GivenExtent for A {}
#[diagnostic::do_not_recommend]
impl<N: RunTimeName> GivenExtent for Dyn<N> {}

/// A type that the variable `n` in `tensor![0.0; n, 3]` may have: an axis, or `usize`, from which a
/// run-time length without a name is made.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no length: a length is a `usize`, or an axis such as `Batch.of(n)`",
    label = "expected a `usize`, or an axis",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Lengths\""
)]
pub trait ToAxis {
    /// The type of the axis.
    type Axis: Extent;
    /// The axis, as a value.
    fn axis(self) -> Self::Axis;
}
#[diagnostic::do_not_recommend]
impl<A: Extent> ToAxis for A {
    type Axis = A;
    fn axis(self) -> A {
        self
    }
}
#[diagnostic::do_not_recommend]
impl ToAxis for usize {
    type Axis = Dyn;
    fn axis(self) -> Dyn {
        Dyn::of(self)
    }
}

/// `axis` itself if it is an axis; if it is a number, the run-time length of that number.
#[must_use]
pub fn axis<A: ToAxis>(axis: A) -> A::Axis {
    axis.axis()
}

/// A shape that can be made from its lengths as numbers, so that a file, or a tensor of another
/// shape type, can be read as a tensor of this shape.
#[diagnostic::on_unimplemented(
    message = "the lengths of shape `{Self}` are not known here",
    label = "needs lengths of compile time, or of run time",
    note = "in generic code ask for `N: StaticLength` instead of `N: Length`, or for a name of run time: `shape![?Batch, 784]`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Lengths\""
)]
pub trait FromLengths: Shape {
    /// The shape with these `lengths`. `None` if the length of a static axis differs.
    fn from_lengths(lengths: Self::Lengths) -> Option<Self>;
}

/// A shape that follows from the number of elements, because at most one of its lengths is known
/// only at run time.
pub trait FromCount: FromLengths {
    /// The shape with `count` elements, if there is such a shape.
    fn from_count(count: usize) -> Option<Self>;
}
impl<S: FromLengths> FromCount for S
where
    ListOf<S>: OneUnknown<S, No>,
{
    #[inline]
    fn from_count(count: usize) -> Option<S> {
        if let (Some(shape), Some(len)) = (S::KNOWN, S::STATIC_LEN) {
            return if count == len { Some(shape) } else { None };
        }
        let mut lengths = S::FIRST;
        let (mut known, mut unknown) = (1usize, None);
        for (k, length) in lengths.as_mut().iter_mut().rev().enumerate() {
            match <ListOf<S> as List>::KINDS[k] {
                AxisKind::Length(None) => unknown = Some(S::RANK - 1 - k),
                AxisKind::Length(Some(len)) => (*length, known) = (len, known.checked_mul(len)?),
                AxisKind::Stretching | AxisKind::Absent => *length = 1,
            }
        }
        if let Some(axis) = unknown {
            // If the product `known` of the other lengths is 0, there are no elements whatever the
            // unknown length is, so the unknown length is set to 0.
            let len = count.checked_div(known).unwrap_or(0);
            lengths.as_mut()[axis] = len;
            known = known.checked_mul(len)?;
        }
        if known == count { S::from_lengths(lengths) } else { None }
    }
}

/// A list with at most one run-time length. The axes of the shape `S` are visited from the last
/// one. If `Seen` is [`Yes`], an axis after this list's axes in `S` has a run-time length, so this
/// list must have none.
pub trait OneUnknown<S, Seen> {}
impl<S, Seen> OneUnknown<S, Seen> for () {}
impl<L: OneUnknown<S, A::Seen>, A: UnknownAfter<S, Seen>, S, Seen> OneUnknown<S, Seen> for (L, A) {}

/// An axis that is static, or whose run-time length follows from the number of elements. The axes
/// of the shape `S` are visited from the last one. If `Seen` is [`Yes`], an axis after this one in
/// `S` has a run-time length, so this axis must be static.
#[diagnostic::on_unimplemented(
    message = "the lengths of shape `{S}` do not follow from the number of elements",
    label = "give the shape as a value",
    note = "of one length that is known at run time they do; of several write `Tensor::from_shape_vec(shape, elements)`, with a shape such as `shape![Rows.of(n), Columns.of(m)]`",
    note = "in generic code ask for `StaticLength` instead of `Length`, or take the shape as an argument",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Lengths\""
)]
pub trait UnknownAfter<S, Seen> {
    /// Whether this axis or one after it in `S` has a run-time length: [`Yes`] or [`No`].
    type Seen;
}
#[diagnostic::do_not_recommend]
impl<A: StaticExtent, S, Seen> UnknownAfter<S, Seen> for A {
    type Seen = Seen;
}
#[diagnostic::do_not_recommend]
impl<N: RunTimeName, S, Seen: NoneBefore> UnknownAfter<S, Seen> for Dyn<N> {
    type Seen = Yes;
}

/// Implemented for [`No`] alone: of the axes visited before this one, which are those after it in
/// the shape, none has a run-time length.
pub trait NoneBefore {}
impl NoneBefore for No {}
