//! What is wrong, as data: one variant for each kind of [`ShapeError`](super::ShapeError). The
//! constructors of `ShapeError` say what the fields of the variants mean.

use super::wanted::Wanted;
use crate::axes::PerAxis;
use crate::lengths::Lengths;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    Mismatch {
        expected: Wanted,
        found: Lengths,
    },
    Count {
        expected: Lengths,
        needed: usize,
        found: usize,
    },
    Multiple {
        expected: Wanted,
        of: usize,
        found: usize,
    },
    Broadcast {
        left: Lengths,
        right: Lengths,
        arguments: Option<(usize, usize)>,
    },
    Index {
        index: i128,
        name: Option<&'static str>,
        axis: isize,
        shape: Lengths,
    },
    Disagreement {
        name: &'static str,
        first: (usize, Lengths, usize),
        second: (usize, Lengths, usize),
    },
    Rank {
        found: Lengths,
    },
    Overflow {
        found: Lengths,
    },
    Reach {
        expected: Lengths,
        found: usize,
    },
    Bytes {
        expected: Wanted,
        found: usize,
        size: usize,
    },
    Misaligned {
        align: usize,
        remainder: usize,
    },
    InvalidBool {
        index: usize,
        byte: u8,
    },
    Ragged {
        row: usize,
        found: usize,
        first: usize,
    },
    Strides {
        problem: &'static str,
        found: Lengths,
        strides: PerAxis<isize>,
        fix: &'static str,
    },
}
