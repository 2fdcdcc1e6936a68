//! A part of an axis, given by numbers that are known at compile time.
//!
//! A span states the length of the part, and not its end: so the length of the part is known at
//! compile time even where the length of the axis is not.

/// `LEN` indices of an axis, from `START` on in steps of `STEP`. NumPy states the end instead of
/// the number of indices: `x[START:END:STEP]` with `END = START + LEN * STEP`, if both are negative
/// or neither is. The number of indices is the length of the resulting axis.
///
/// As in NumPy, a negative start counts from the end (-1 is the last index), and a negative step
/// goes backwards. To reverse a whole axis, [`x.flip(axis)`](crate::ops::Reshaping::flip) needs no
/// numbers.
///
/// ```
/// use shapewright::{Axis, Span, array, prelude::*};
/// let x = array![0, 1, 2, 3, 4, 5];
/// assert_eq!(x.slice(Axis::<0>, Span::<1, 2>).to_array(), array![1, 2]);
/// assert_eq!(x.slice(Axis::<0>, Span::<0, 3, 2>).to_array(), array![0, 2, 4]);
/// assert_eq!(x.slice(Axis::<0>, Span::<-2, 2>).to_array(), array![4, 5]); // x[-2:]
/// assert_eq!(x.slice(Axis::<0>, Span::<-1, 3, -2>).to_array(), array![5, 3, 1]); // x[::-2]
/// assert_eq!(x.flip(Axis::<0>).to_array(), array![5, 4, 3, 2, 1, 0]); // x[::-1]
/// ```
#[doc(alias("slice", "SliceInfo"))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span<const START: isize, const LEN: usize, const STEP: isize = 1>;
