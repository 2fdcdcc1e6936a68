//! The shape that was expected, in which run-time lengths may have any value.

use core::fmt;

use crate::axes::{AxisKind, MAX_RANK, PerAxis};
use crate::lengths::Lengths;
use crate::shape::{List, ListOf, Shape};

/// Stands for the length of an axis that may have any length.
pub(super) const ANY: usize = usize::MAX;

/// The shape that was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    /// The lengths of the axes, with [`ANY`] for lengths that are known only at run time.
    pub(super) lengths: Lengths,
    /// The names of the axes, the last axis first.
    names: &'static PerAxis<Option<&'static str>>,
}
impl Wanted {
    #[cfg(any(test, feature = "npy"))]
    pub(super) fn exactly(lengths: &[usize]) -> Self {
        Self { lengths: Lengths::new(lengths), names: &[None; MAX_RANK] }
    }

    pub(super) fn of<S: Shape>() -> Self {
        let names = const { &<ListOf<S> as List>::NAMES };
        Self { lengths: Lengths::new(&Self::lengths::<S>()[..S::RANK]), names }
    }

    /// The lengths of `S`, the first axis first, with 1 in the entries after the last axis.
    pub(super) fn lengths<S: Shape>() -> PerAxis<usize> {
        let mut lengths = [1; MAX_RANK];
        for (k, length) in lengths[..S::RANK].iter_mut().rev().enumerate() {
            *length = match <ListOf<S> as List>::KINDS[k] {
                AxisKind::Length(len) => len.unwrap_or(ANY),
                AxisKind::Stretching | AxisKind::Absent => 1,
            };
        }
        lengths
    }
}
/// Writes `?Name` or `?` for a length that may have any value.
impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rank = self.lengths.len();
        f.write_str("(")?;
        for (at, &length) in self.lengths.iter().enumerate() {
            f.write_str(if at == 0 { "" } else { ", " })?;
            if length == ANY {
                write!(f, "?{}", self.names[rank - 1 - at].unwrap_or(""))?;
            } else {
                write!(f, "{length}")?;
            }
        }
        f.write_str(if rank == 1 { ",)" } else { ")" })
    }
}
