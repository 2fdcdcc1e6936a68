//! NumPy's broadcasting rule at run time, for shapes that are slices of lengths and not types.

use crate::axes::MAX_RANK;
use crate::axes::element_count;
use crate::error::ShapeError;
use crate::lengths::Lengths;

/// The shape that `shapes` broadcast to, by NumPy's full rule: every argument may stretch.
///
/// Shapes align at the right, and a missing axis counts as 1. On each axis the lengths must be
/// equal or 1, and the result has the length that is not 1. So `(0,)` with `(1,)` is `(0,)`.
/// Without arguments the result is `()`.
///
/// This is the only function that lets several arguments stretch without a call of `.stretch()`;
/// operators let only one of their two operands stretch.
///
/// # Errors
/// - Two arguments differ on an axis and neither length is 1. As in NumPy the error names the two
///   arguments, and its text marks every axis that does not fit.
/// - An argument has more than eight axes, the most that a shape of this crate has.
/// - The nonzero lengths of the result multiply past `usize::MAX`. NumPy accepts that if another
///   length is 0.
///
/// Source: [NumPy, Broadcasting, general
/// rules](https://numpy.org/doc/stable/user/basics.broadcasting.html#general-broadcasting-rules)
/// and
/// [`numpy.broadcast_shapes`](https://numpy.org/doc/stable/reference/generated/numpy.broadcast_shapes.html).
///
/// ```
/// use shapewright::broadcast_shapes;
///
/// assert_eq!(broadcast_shapes(&[&[8, 1, 6, 1], &[7, 1, 5]])?, [8, 7, 6, 5]);
/// assert_eq!(broadcast_shapes(&[&[0], &[1]])?, [0]);
/// assert_eq!(broadcast_shapes(&[])?, []);
///
/// let error = broadcast_shapes(&[&[1000, 256], &[1000]]).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "\
/// cannot broadcast (1000, 256) with (1000,): on axis -1, 256 does not match 1000
///   left   1000   256
///   right        1000
///                ^^^^"
/// );
/// # Ok::<(), shapewright::ShapeError>(())
/// ```
pub fn broadcast_shapes(shapes: &[&[usize]]) -> Result<Lengths, ShapeError> {
    let (mut joined, mut rank) = ([1; MAX_RANK], 0);
    for (index, shape) in shapes.iter().enumerate() {
        if shape.len() > MAX_RANK {
            return Err(ShapeError::rank(shape));
        }
        rank = rank.max(shape.len());
        // Shapes align at the right, so both `joined` and `shape` are read from the end.
        for (from_right, (length, &next)) in
            joined.iter_mut().rev().zip(shape.iter().rev()).enumerate()
        {
            if *length == 1 {
                *length = next;
            } else if next != 1 && next != *length {
                return Err(conflict(shapes, index, from_right, *length));
            }
        }
    }
    let lengths = &joined[MAX_RANK - rank..];
    match element_count(lengths, usize::MAX) {
        Some(_) => Ok(Lengths::new(lengths)),
        None => Err(ShapeError::overflow(lengths)),
    }
}

/// The error for the argument `shapes[right]`. Its length along axis `from_right` (0 is the last
/// axis) does not match `length`, to which the arguments before it broadcast along that axis.
#[cold]
fn conflict(shapes: &[&[usize]], right: usize, from_right: usize, length: usize) -> ShapeError {
    let length_of = |shape: &[usize]| shape.iter().rev().nth(from_right).copied();
    // `length` is not 1, so some argument before `right` has this length. The error names the first
    // such argument.
    let left =
        shapes[..right].iter().position(|shape| length_of(shape) == Some(length)).unwrap_or(0);
    if shapes.len() == 2 {
        ShapeError::broadcast(shapes[left], shapes[right])
    } else {
        ShapeError::broadcast_arguments(shapes, left, right)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The expected results are those of NumPy 2.4. Texts of errors are tested in `error/tests.rs`.
    #[test]
    fn numpys_rule() {
        let same: [(&[&[usize]], &[usize]); 14] = [
            (&[], &[]),
            (&[&[]], &[]),
            (&[&[], &[3]], &[3]),
            (&[&[3]], &[3]),
            (&[&[256, 256, 3], &[3]], &[256, 256, 3]),
            (&[&[8, 1, 6, 1], &[7, 1, 5]], &[8, 7, 6, 5]),
            (&[&[5, 4], &[1]], &[5, 4]),
            (&[&[3, 1], &[4]], &[3, 4]),
            (&[&[4], &[3, 1]], &[3, 4]),
            (&[&[0], &[1]], &[0]),
            (&[&[1], &[0]], &[0]),
            (&[&[0, 1], &[1, 5]], &[0, 5]),
            (&[&[6, 7], &[5, 6, 1], &[7], &[5, 1, 7]], &[5, 6, 7]),
            (&[&[2; 8], &[1; 8]], &[2; 8]),
        ];
        for (shapes, joined) in same {
            assert_eq!(broadcast_shapes(shapes).unwrap(), joined, "{shapes:?}");
        }
    }

    #[test]
    fn what_does_not_broadcast() {
        let found = broadcast_shapes(&[&[0], &[2]]).unwrap_err();
        assert_eq!(found.axis(), Some(-1));
        let found = broadcast_shapes(&[&[2, 1], &[8, 4, 3]]).unwrap_err();
        assert_eq!(found.axis(), Some(-2));
        // Arguments 0 and 1 broadcast to (8, 7, 6), the shape of neither. So the error names
        // argument 0, whose length 6 does not match the 5 of argument 2.
        let found = broadcast_shapes(&[&[8, 1, 6], &[7, 1], &[1, 5]]).unwrap_err();
        assert_eq!(found.arguments(), Some((0, 2)));
        assert_eq!(*found.expected().unwrap(), [8, 1, 6]);
        assert_eq!(*found.found().unwrap(), [1, 5]);
    }

    #[test]
    fn refused_ranks_and_sizes() {
        assert_eq!(broadcast_shapes(&[&[1; 9]]).unwrap_err().found().unwrap().rank(), 9);
        let half = 1 << (usize::BITS / 2);
        assert!(broadcast_shapes(&[&[half, 1], &[1, half - 1]]).is_ok());
        assert!(broadcast_shapes(&[&[half, 1], &[1, half]]).is_err());
        assert!(broadcast_shapes(&[&[0, half, half]]).is_err());
    }
}
