//! The text of a [`ShapeError`].

use core::fmt;

use super::fault::Fault;
use super::table::Cell;
use super::{ShapeError, axis};
use crate::axes::MAX_RANK;

/// Contains the text of [`Display`](fmt::Display), because `unwrap` prints the `Debug` text of an
/// error.
impl fmt::Debug for ShapeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ShapeError({self})")
    }
}

impl fmt::Display for ShapeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.say(f)?;
        match self.kind() {
            Fault::Mismatch { .. } => self.table(f, [Cell::Word("expected"), Cell::Word("found")]),
            Fault::Broadcast { arguments: None, .. } => {
                self.table(f, [Cell::Word("left"), Cell::Word("right")])
            }
            Fault::Broadcast { arguments: Some((i, j)), .. } => {
                self.table(f, [Cell::Argument(*i), Cell::Argument(*j)])
            }
            _ => Ok(()),
        }
    }
}

impl ShapeError {
    /// Writes the first line of the text, which is complete without the table that
    /// [`Display`](fmt::Display) writes below it.
    pub(super) fn say(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind() {
            Fault::Mismatch { expected, found } => {
                write!(f, "shape mismatch: expected {expected}, found {found}: ")?;
                self.say_why(f)
            }
            Fault::Broadcast { left, right, arguments } => {
                match arguments {
                    None => write!(f, "cannot broadcast {left} with {right}")?,
                    Some((i, j)) => {
                        write!(f, "cannot broadcast argument {i} {left} with argument {j} {right}")?
                    }
                }
                match self.lengths_on_axis() {
                    Some((axis, left, right)) => {
                        write!(f, ": on axis {axis}, {left} does not match {right}")
                    }
                    None => Ok(()),
                }
            }
            Fault::Count { expected, needed, found } => {
                let s = if *needed == 1 { "" } else { "s" };
                write!(
                    f,
                    "wrong number of elements: shape {expected} holds {needed} element{s}, found {found}"
                )
            }
            Fault::Multiple { expected, of: 0, found } => {
                write!(f, "wrong number of elements: shape {expected} holds none, found {found}")
            }
            Fault::Multiple { expected, of, found } => {
                write!(
                    f,
                    "wrong number of elements: shape {expected} holds a multiple of {of}, found {found}"
                )
            }
            Fault::Disagreement { name, first: (i, a, m), second: (j, b, n) } => {
                write!(f, "{name} is {m} in argument {i} {a}, {n} in argument {j} {b}")
            }
            Fault::Index { index, name, axis: at, shape } => {
                write!(f, "index {index} is out of range for ")?;
                match name {
                    Some(name) => f.write_str(name)?,
                    None => write!(f, "axis {at}")?,
                }
                let len = axis(shape, at.unsigned_abs() - 1).unwrap_or(0);
                write!(f, " of length {len} of shape {shape}")
            }
            Fault::Rank { found } => {
                write!(
                    f,
                    "too many axes: {found} has rank {}, at most {MAX_RANK} is supported",
                    found.rank()
                )
            }
            Fault::Overflow { found } => {
                write!(
                    f,
                    "shape {found} is too large: its nonzero lengths multiply past the address space"
                )
            }
            Fault::Reach { expected, found } => {
                write!(
                    f,
                    "the strides of a view of shape {expected} reach outside its {found} elements"
                )
            }
            Fault::Bytes { expected, found, size } => {
                write!(
                    f,
                    "wrong number of bytes: shape {expected} holds elements of {size} bytes, found {found} bytes"
                )
            }
            Fault::Misaligned { align, remainder } => {
                write!(
                    f,
                    "misaligned memory: its address must be a multiple of {align}, and is {remainder} past one"
                )
            }
            Fault::InvalidBool { index, byte } => {
                write!(f, "invalid bool: element {index} is the byte {byte}, a bool is 0 or 1")
            }
            Fault::Ragged { row, found, first } => {
                let s = if *found == 1 { "" } else { "s" };
                write!(f, "row {row} has {found} element{s}, row 0 has {first}")
            }
            Fault::Strides { problem, found, strides, fix } => {
                write!(f, "{problem}: shape {found} has strides (")?;
                for (k, stride) in strides[..found.len()].iter().rev().enumerate() {
                    write!(f, "{}{stride}", if k == 0 { "" } else { ", " })?;
                }
                write!(f, "{}; {fix}", if found.len() == 1 { ",)" } else { ")" })
            }
        }
    }

    /// Writes what differs between the expected shape and the shape that was found: an axis or the
    /// rank. For an error that is not about two shapes, writes its first line.
    pub(super) fn say_why(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.lengths_on_axis(), self.expected(), self.found()) {
            (Some((axis, expected, found)), ..) => {
                write!(f, "axis {axis} must be {expected}, not {found}")
            }
            (None, Some(expected), Some(found)) => {
                write!(f, "rank must be {}, not {}", expected.rank(), found.rank())
            }
            _ => self.say(f),
        }
    }

    /// The axis that does not fit, and its lengths in the two shapes.
    fn lengths_on_axis(&self) -> Option<(isize, usize, usize)> {
        let (first, second, _) = self.pair()?;
        let at = self.axis()?;
        let from_right = at.unsigned_abs() - 1;
        Some((at, axis(first, from_right)?, axis(second, from_right)?))
    }
}
