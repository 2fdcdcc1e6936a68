//! Relations that hold between any shape and itself or a number, whatever its axes. They are
//! declared here because they are supertraits of [`Shape`], and implemented with the other
//! relations of two shapes.

use super::Shape;

/// The mode in which at most one operand stretches: that of every operator, unless an operand says
/// [`stretch`](crate::ops::Evaluate::stretch).
#[derive(Debug)]
pub struct Strict;

/// The two shapes broadcast with each other under the mode `M`.
///
/// NumPy's rule (User Guide, "Broadcasting"): shapes align at the right, a missing axis counts as
/// 1, and two axes match when they are equal or one is 1. Here "equal" is type equality, and only
/// [`One`](crate::One) stretches. By default the result has the shape of one of the two; the mode
/// of [`stretch`](crate::ops::Evaluate::stretch) is the full rule.
///
/// Any shape broadcasts with itself and with the shape of a number, so code over a whole `S: Shape`
/// needs no bound for that.
pub trait Broadcast<Rhs, M = Strict>: Sized {
    /// The shape of the result.
    type Output: Shape;
    /// The shape of the result, as a value.
    fn broadcast(self, rhs: Rhs) -> Self::Output;
}

/// The three shapes broadcast with each other under the mode `M`, as in `where_` and `clip`. By
/// default the result has the shape of one of them.
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

/// [`BroadcastTo`], seen from the receiver: this shape receives whatever stretches to it from
/// `From`.
pub trait Receives<From>: Sized {}
