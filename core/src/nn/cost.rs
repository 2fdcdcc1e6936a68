//! Arithmetic in constants for the cost of layers: their parameters, multiplications and bytes.

use super::bias::Bias;
use crate::axes::{AxisKind, MAX_RANK};
use crate::shape::{Length, List, ListOf, Shape};

/// The number of elements of shape `S`, counting each run-time length as 1.
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

/// The number of parameters of a layer with a weight of shape `W`, and a bias `(out,)` if `Bi` is
/// [`WithBias`](super::WithBias).
pub(super) const fn parameters<W: Shape, Out: Length, Bi: Bias>() -> usize {
    count::<W>().saturating_add(if Bi::IS_THERE { count::<(Out,)>() } else { 0 })
}

/// `a * b`, or `None` if `a` is not known.
pub(super) const fn times(a: Option<usize>, b: usize) -> Option<usize> {
    match a {
        Some(a) => Some(a.saturating_mul(b)),
        None => None,
    }
}

/// `a + b`, or `None` if `a` or `b` is not known.
pub(super) const fn plus(a: Option<usize>, b: Option<usize>) -> Option<usize> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.saturating_add(b)),
        _ => None,
    }
}
