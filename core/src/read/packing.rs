//! What is packed of an operand, so that neighbours along an axis outside its lanes are neighbours
//! in memory.

use crate::axes::{MAX_RANK, PerAxis};

/// How many regions are folded side by side.
pub(crate) const WIDTH: usize = 32;
/// What is packed at a time.
#[derive(Clone, Copy, Debug)]
pub struct PackedTile {
    /// The axis along which regions are neighbours.
    pub(crate) axis: usize,
    /// How many there are, at most [`WIDTH`], and at least one.
    pub(crate) width: usize,
    /// The axis of lanes.
    pub(crate) lane: usize,
    /// How long a lane is.
    pub(crate) len: usize,
}

/// `a + b`, pair by pair.
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
