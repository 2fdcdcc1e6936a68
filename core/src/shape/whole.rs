//! Relations that hold between any shape and itself, and between any shape and the shape `()` of a
//! number. All but [`BroadcastTo`] are supertraits of [`Shape`], so they are declared beside it.
//! The impls are in the module `broadcast`, with the other relations of two shapes.

use super::Shape;

/// The mode in which at most one operand stretches. Every operator has this mode, unless
/// `.stretch()` was called on an operand ([`stretch`](crate::ops::Evaluate::stretch)).
#[derive(Debug)]
pub struct Strict;

/// The two shapes broadcast with each other under the mode `M`.
///
/// NumPy's rule (User Guide, "Broadcasting"): shapes align at the right, a missing axis counts as
/// 1, and two axes match when they are equal or one is 1. Here "equal" is type equality, and only
/// [`One`](crate::One) stretches. In the default mode, [`Strict`], the result has the shape of one
/// of the two operands; in the mode of [`stretch`](crate::ops::Evaluate::stretch) both may stretch,
/// as in NumPy.
///
/// Any shape broadcasts with itself and with the shape of a number, so code that is generic over a
/// whole shape `S` needs only the bound `S: Shape`.
pub trait Broadcast<Rhs, M = Strict>: Sized {
    /// The shape of the result.
    type Output: Shape;
    /// The shape of the result, as a value.
    fn broadcast(self, rhs: Rhs) -> Self::Output;
}

/// The three shapes broadcast with each other under the mode `M`, as in `where_` and `clip`. In the
/// default mode, [`Strict`], the result has the shape of one of the three operands.
pub trait Broadcast3<B, C, M = Strict>: Sized {
    /// The shape of the result.
    type Output: Shape;
    /// The shape of the result, as a value.
    fn broadcast3(self, b: B, c: C) -> Self::Output;
}

/// This shape broadcasts with `To`, and the result is `To`: an operand of this shape stretches, if
/// need be, and one of shape `To` does not.
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

/// The converse of [`BroadcastTo`]: a tensor of this shape can be assigned a value of shape `From`,
/// which stretches to this shape.
pub trait Receives<From>: Sized {}
