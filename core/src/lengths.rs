//! A shape as a list of lengths, where no type knows it.

use core::fmt;
use core::ops::Deref;

use crate::axes::MAX_RANK;

/// A shape as a list of lengths, of up to eight axes, held without an allocator.
///
/// It derefs to `[usize]`, compares with slices and arrays, and prints as NumPy prints a shape:
/// `(1000, 256)`, `(3,)`, `()`. [`broadcast_shapes`](crate::broadcast_shapes()) returns one.
///
/// A [`ShapeError`](crate::ShapeError) may hold a shape of more than eight axes, found in a file.
/// Only its last eight are kept. [`rank`](Self::rank) still returns how many there were, and it
/// prints with a leading `…`.
///
/// ```
/// use shapewright::broadcast_shapes;
///
/// let shape = broadcast_shapes(&[&[1000, 256], &[256]])?;
/// assert_eq!(shape, [1000, 256]);
/// assert_eq!(shape.rank(), 2);
/// assert_eq!(shape.iter().product::<usize>(), 256_000);
/// assert_eq!(shape.to_string(), "(1000, 256)");
/// # Ok::<(), shapewright::ShapeError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Lengths {
    rank: usize,
    /// The kept axes come first and the rest is 0, so that the derived equality holds.
    kept: [usize; MAX_RANK],
}

impl Lengths {
    /// All of `shape`, or the last `MAX_RANK` axes of a longer one.
    pub(crate) fn new(shape: &[usize]) -> Self {
        let last = &shape[shape.len().saturating_sub(MAX_RANK)..];
        let mut kept = [0; MAX_RANK];
        kept[..last.len()].copy_from_slice(last);
        Self { rank: shape.len(), kept }
    }

    /// The number of axes.
    ///
    /// ```
    /// assert_eq!(shapewright::broadcast_shapes(&[&[8, 1], &[5]])?.rank(), 2);
    /// # Ok::<(), shapewright::ShapeError>(())
    /// ```
    #[must_use]
    pub const fn rank(&self) -> usize {
        self.rank
    }

    /// Whether axes on the left were dropped.
    pub(crate) const fn is_cut(&self) -> bool {
        self.rank > MAX_RANK
    }
}

impl Deref for Lengths {
    type Target = [usize];

    fn deref(&self) -> &[usize] {
        &self.kept[..self.rank.min(MAX_RANK)]
    }
}

impl AsRef<[usize]> for Lengths {
    fn as_ref(&self) -> &[usize] {
        self
    }
}

impl fmt::Display for Lengths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_cut() { "(…, " } else { "(" })?;
        for (k, length) in self.iter().enumerate() {
            write!(f, "{}{length}", if k == 0 { "" } else { ", " })?;
        }
        // Python writes a tuple of one with a comma.
        f.write_str(if self.rank == 1 { ",)" } else { ")" })
    }
}

impl fmt::Debug for Lengths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl PartialEq<[usize]> for Lengths {
    fn eq(&self, other: &[usize]) -> bool {
        // A shape that was cut does not equal the list of its kept axes.
        self.rank == other.len() && **self == *other
    }
}

impl PartialEq<&[usize]> for Lengths {
    fn eq(&self, other: &&[usize]) -> bool {
        *self == **other
    }
}

impl<const RANK: usize> PartialEq<[usize; RANK]> for Lengths {
    fn eq(&self, other: &[usize; RANK]) -> bool {
        *self == other[..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comparing_lengths() {
        let cut = Lengths::new(&[1, 2, 3, 4, 5, 6, 7, 8, 9]);
        assert_eq!((cut.rank(), cut.len()), (9, 8));
        assert_ne!(cut, [2, 3, 4, 5, 6, 7, 8, 9]);
        assert_ne!(cut, Lengths::new(&[2, 3, 4, 5, 6, 7, 8, 9]));
        assert_eq!(Lengths::new(&[3, 4]), &[3, 4][..]);
        assert_ne!(Lengths::new(&[3]), [3, 0]);
    }

    #[cfg(feature = "alloc")]
    #[test]
    fn printing_lengths() {
        use alloc::format;
        let print = |shape: &[usize]| format!("{}", Lengths::new(shape));
        assert_eq!(print(&[]), "()");
        assert_eq!(print(&[3]), "(3,)");
        assert_eq!(print(&[1000, 256]), "(1000, 256)");
        assert_eq!(print(&[1, 2, 3, 4, 5, 6, 7, 8, 9]), "(…, 2, 3, 4, 5, 6, 7, 8, 9)");
        assert_eq!(format!("{:?}", Lengths::new(&[3])), "(3,)");
    }
}
