//! Shapes that follow from what is given at run time: from all lengths, or from a number of
//! elements.

use super::{Dyn, Extent, List, ListOf, No, RunTimeName, Shape, StaticExtent, Yes};
use crate::axes::AxisKind;

/// An axis that can be made from a length: a static axis only from its own length, a run-time one
/// from any.
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

/// What a variable in `tensor![0.0; n, 3]` may be: an axis, or a number, which becomes a run-time
/// length without a name.
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

/// `axis` itself if it is an axis, or the run-time length of that number.
#[must_use]
pub fn axis<A: ToAxis>(axis: A) -> A::Axis {
    axis.axis()
}

/// A shape that can be made from its lengths: a file, or a tensor of other types, can be read as
/// this shape.
#[diagnostic::on_unimplemented(
    message = "the lengths of shape `{Self}` are not known here",
    label = "needs lengths of compile time, or of run time",
    note = "in generic code ask for `N: StaticLength` instead of `N: Length`, or for a name of run time: `shape![?Batch, 784]`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Lengths\""
)]
pub trait FromLengths: Shape {
    /// The shape with these lengths, if it can have them.
    fn from_lengths(lengths: Self::Lengths) -> Option<Self>;
}

/// A shape that follows from a number of elements: all its lengths are known at compile time, but
/// for at most one, which may be known at run time.
pub trait FromCount: FromLengths {
    /// The shape of `count` elements, if there is one.
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
            // If the other lengths multiply to 0, there are no elements, whatever this length is:
            // it becomes 0.
            let len = count.checked_div(known).unwrap_or(0);
            lengths.as_mut()[axis] = len;
            known = known.checked_mul(len)?;
        }
        if known == count { S::from_lengths(lengths) } else { None }
    }
}

/// A list of which at most one length is known at run time; none, if `Seen` is [`Yes`].
pub trait OneUnknown<S, Seen> {}
impl<S, Seen> OneUnknown<S, Seen> for () {}
impl<L: OneUnknown<S, A::Seen>, A: UnknownAfter<S, Seen>, S, Seen> OneUnknown<S, Seen> for (L, A) {}

/// An axis whose length is known, or follows from the number of elements. If `Seen` is [`Yes`],
/// another length already follows from that number.
#[diagnostic::on_unimplemented(
    message = "the lengths of shape `{S}` do not follow from the number of elements",
    label = "give the shape as a value",
    note = "of one length that is known at run time they do; of several write `Tensor::from_shape_vec(shape, elements)`, with a shape such as `shape![Rows.of(n), Columns.of(m)]`",
    note = "in generic code ask for `StaticLength` instead of `Length`, or take the shape as an argument",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Lengths\""
)]
pub trait UnknownAfter<S, Seen> {
    /// Whether a length follows from the number of elements, up to this axis.
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

/// No run-time length has been seen yet.
pub trait NoneBefore {}
impl NoneBefore for No {}
