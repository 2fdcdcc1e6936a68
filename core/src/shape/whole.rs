//! What any shape does with itself and with a number, whatever its axes: declared here, as it is part
//! of what a shape is, and implemented by the relations of two shapes.

use super::Shape;

/// Operators stretch one operand at most: the mode of every operand but [`stretch`](crate::ops::Evaluate::stretch)'s.
#[derive(Debug)]
pub struct Strict;

/// The two shapes broadcast with each other under the mode.
///
/// NumPy's rule (User Guide, "Broadcasting"): shapes align at the right, a missing axis counts as 1, and two axes match when
/// they are equal or one is 1. Here "equal" is type equality, and only [`One`](crate::One) stretches. By default the result
/// has the shape of one of the two; the mode of [`stretch`](crate::ops::Evaluate::stretch) is the full rule.
///
/// Any shape broadcasts with itself and with that of a number, so code over a whole `S: Shape` needs no
/// bound for that.
pub trait Broadcast<Rhs, M = Strict>: Sized {
    /// The shape of the result.
    type Output: Shape;
    /// The shape of the result, as a value.
    fn broadcast(self, rhs: Rhs) -> Self::Output;
}

/// The three shapes broadcast with each other under the mode, and by default the result has the
/// shape of one of them: `where_` and `clip`.
pub trait Broadcast3<B, C, M = Strict>: Sized {
    /// The shape of the result.
    type Output: Shape;
    /// The shape of the result, as a value.
    fn broadcast3(self, b: B, c: C) -> Self::Output;
}

/// The shape stretches to `To`, which keeps its shape.
///
/// ```
/// use shapewright::{BroadcastTo, shape};
/// fn fits<From: BroadcastTo<To>, To>(_: From, _: To) {}
/// fits(shape![256], shape![1000, 256]);
/// fits(shape![1000, 1], shape![1000, 256]);
/// ```
/// ```compile_fail
/// # use shapewright::{BroadcastTo, shape};
/// # fn fits<From: BroadcastTo<To>, To>(_: From, _: To) {}
/// fits(shape![1000, 256], shape![256]);
/// ```
pub trait BroadcastTo<To>: Sized {}

/// [`BroadcastTo`], seen from the other side: the shape takes what stretches to it from `From`.
pub trait Receives<From>: Sized {}
