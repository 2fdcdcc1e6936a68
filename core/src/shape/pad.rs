//! The padding of an axis, as numbers that are known at compile time.

/// `BEFORE` elements before the start of an axis and `AFTER` elements after its end, for
/// [`pad`](crate::ops::Padding::pad).
///
/// ```
/// use shapewright::{Axis, Pad, array, prelude::*};
/// assert_eq!(array![1, 2].pad(Axis::<0>, Pad::<1, 2>, 0).to_array(), array![0, 1, 2, 0, 0]);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pad<const BEFORE: usize, const AFTER: usize>;
