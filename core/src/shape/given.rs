//! Shapes whose lengths of run time follow from what is given: all lengths, or a number of elements.

use super::{Dyn, Extent, List, ListOf, No, RunTimeName, Shape, StaticExtent, Yes};
use crate::axes::AxisKind;

/// An axis that a length makes: a static one takes its own, a run-time one any.
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

/// What a variable in `tensor![0.0; n, 3]` may be: an axis, or a number, which is a length of run time
/// without a name.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no length: a length is a `usize`, or an axis such as `Batch.of(n)`",
    label = "expected a `usize`, or an axis",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Lengths\""
)]
pub trait ToAxis {
    /// The axis.
    type Axis: Extent;
    /// The axis.
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

/// The axis that `axis` is, or a length of so many.
#[must_use]
pub fn axis<A: ToAxis>(axis: A) -> A::Axis {
    axis.axis()
}

/// A shape that its lengths make: what a file, or a tensor of other types, is asked for.
#[diagnostic::on_unimplemented(
    message = "the lengths of shape `{Self}` are not known here",
    label = "needs lengths of compile time, or of run time",
    note = "in generic code ask for `N: StaticLength` instead of `N: Length`, or for a name of run time: `shape![?Batch, 784]`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Lengths\""
)]
pub trait FromLengths: Shape {
    /// The shape of these lengths, if it can have them.
    fn from_lengths(lengths: Self::Lengths) -> Option<Self>;
}

/// A shape that a number of elements makes: all its lengths are known at compile time but one, which
/// may be of run time.
pub trait FromCount: FromLengths {
    /// The shape of so many elements, if there is one.
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
            // Without elements there is nothing along it.
            let len = count.checked_div(known).unwrap_or(0);
            lengths.as_mut()[axis] = len;
            known = known.checked_mul(len)?;
        }
        if known == count { S::from_lengths(lengths) } else { None }
    }
}

/// A list of which at most one length, if `Seen` is [`No`], or none, is known at run time.
pub trait OneUnknown<S, Seen> {}
impl<S, Seen> OneUnknown<S, Seen> for () {}
impl<L: OneUnknown<S, A::Seen>, A: UnknownAfter<S, Seen>, S, Seen> OneUnknown<S, Seen> for (L, A) {}

/// An axis whose length is known, or follows from the number of elements; that of another one does
/// already if `Seen` is [`Yes`].
#[diagnostic::on_unimplemented(
    message = "the lengths of shape `{S}` do not follow from the number of elements",
    label = "give the shape as a value",
    note = "of one length that is known at run time they do; of several write `Tensor::from_shape_vec(shape, elements)`, with a shape such as `shape![Rows.of(n), Columns.of(m)]`",
    note = "in generic code ask for `StaticLength` instead of `Length`, or take the shape as an argument",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Lengths\""
)]
pub trait UnknownAfter<S, Seen> {
    /// Whether one does.
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

/// No length has been seen that is known at run time.
pub trait NoneBefore {}
impl NoneBefore for No {}
