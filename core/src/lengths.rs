//! A shape as a list of lengths, for shapes that are known only at run time.

use core::fmt;
use core::ops::Deref;

use crate::axes::MAX_RANK;

/// A shape as a list of lengths, of up to eight axes, held without an allocator.
///
/// `Lengths` derefs to `[usize]`, compares with slices and arrays, and prints as NumPy prints a
/// shape: `(1000, 256)`, `(3,)`, `()`. [`broadcast_shapes`](crate::broadcast_shapes()) returns a
/// `Lengths`.
///
/// A [`ShapeError`](crate::ShapeError) may be about a shape of more than eight axes, found in a
/// file. Then a `Lengths` has only the last eight lengths. [`rank`](Self::rank) still returns the
/// number of all axes, and the text of the shape starts with `…`.
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
    /// The lengths, or the last eight if there are more, and then zeros. The derived `PartialEq`
    /// compares all entries, so the entries after the lengths must be equal in equal shapes.
    kept: [usize; MAX_RANK],
}

impl Lengths {
    /// Keeps all lengths of `shape`, or the last `MAX_RANK` if there are more.
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

    /// Whether the shape has more axes than `kept` has entries.
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
        // Python writes a tuple of one element with a comma.
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
        // The ranks are compared too, because a shape of more than eight axes does not equal the
        // list of its last eight.
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
