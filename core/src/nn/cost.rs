//! What layers take, in numbers: constants that add up.

use crate::axes::{AxisKind, MAX_RANK};
use crate::shape::{List, ListOf, Shape};

/// The number of elements of shape `S`, one along each axis of run time.
pub(super) const fn count<S: Shape>() -> usize {
    let (kinds, mut count, mut k) = (<ListOf<S> as List>::KINDS, 1usize, 0);
    while k < MAX_RANK {
        if let AxisKind::Length(Some(len)) = kinds[k] {
            count = count.saturating_mul(len);
        }
        k += 1;
    }
    count
}

/// `a * b`, if both are known.
pub(super) const fn times(a: Option<usize>, b: usize) -> Option<usize> {
    match a {
        Some(a) => Some(a.saturating_mul(b)),
        None => None,
    }
}

/// `a + b`, if both are known.
pub(super) const fn plus(a: Option<usize>, b: Option<usize>) -> Option<usize> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.saturating_add(b)),
        _ => None,
    }
}
