//! Packed tiles of an operand: copies in which neighbours along an axis other than the lane axis
//! are adjacent in memory.

use crate::axes::{MAX_RANK, PerAxis};

/// The largest number of neighbouring regions that are folded together.
pub(crate) const WIDTH: usize = 32;
/// The part of an operand that is packed at a time: lanes of neighbouring regions.
#[derive(Clone, Copy, Debug)]
pub struct PackedTile {
    /// The axis along which regions are neighbours, and which becomes contiguous.
    pub(crate) axis: usize,
    /// The number of regions, from 1 to [`WIDTH`].
    pub(crate) width: usize,
    /// The lane axis.
    pub(crate) lane: usize,
    /// The length of a lane.
    pub(crate) len: usize,
}

/// The sum of `a` and `b`, entry by entry: two tables of the scratch memory that sources need, such
/// as `Source::PACKED`.
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
