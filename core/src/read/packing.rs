//! Packed tiles of an operand, in which neighbours along an axis outside the lanes are adjacent in
//! memory.

use crate::axes::{MAX_RANK, PerAxis};

/// The most regions that are folded side by side.
pub(crate) const WIDTH: usize = 32;
/// The part of an operand that is packed at a time.
#[derive(Clone, Copy, Debug)]
pub struct PackedTile {
    /// The axis that becomes contiguous: regions are neighbours along it.
    pub(crate) axis: usize,
    /// The number of regions, from 1 to [`WIDTH`].
    pub(crate) width: usize,
    /// The axis that lanes run along.
    pub(crate) lane: usize,
    /// The length of a lane.
    pub(crate) len: usize,
}

/// `a + b`, entry by entry.
pub(crate) const fn sum_packed(
    a: PerAxis<PerAxis<usize>>,
    b: PerAxis<PerAxis<usize>>,
) -> PerAxis<PerAxis<usize>> {
    let (mut packed, mut p) = (a, 0);
    while p < MAX_RANK {
        let mut q = 0;
        while q < MAX_RANK {
            packed[p][q] = a[p][q] + b[p][q];
            q += 1;
        }
        p += 1;
    }
    packed
}
