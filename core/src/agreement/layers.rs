//! Checks of the shapes of the data that a layer or attention takes.

use super::Seen;
#[cfg(feature = "alloc")]
use crate::axes::MAX_RANK;
#[cfg(feature = "alloc")]
use crate::shape::List;
use crate::shape::{Extent, Shape};

/// Checks that a layer over `expected` channels can take data of shape `data`, whose axis 1 has
/// length `found`.
///
/// # Panics
/// If `expected` and `found` differ.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(crate) fn channels<S: Shape>(layer: &str, expected: usize, found: usize, data: S) {
    if expected != found {
        another_length(layer, [expected, found], Seen::of(data), "channels", "axis 1");
    }
}

/// Checks that a layer over `expected` features can take data of shape `data`, whose last axis has
/// length `found`.
///
/// # Panics
/// If `expected` and `found` differ.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(crate) fn features<In: Extent, S: Shape>(layer: &str, expected: In, found: usize, data: S) {
    if expected.len() != found {
        another_length(layer, [expected.len(), found], Seen::of(data), "features", "the last axis");
    }
}

#[cold]
#[inline(never)]
#[track_caller]
fn another_length(layer: &str, [expected, found]: [usize; 2], data: Seen, of: &str, axis: &str) {
    panic!("{layer} over {expected} {of} cannot take data of shape `{data}`: {axis} is {found}")
}

/// Checks that `queries`, `keys` and `values`, whose types fit, also fit by their run-time lengths:
/// the shapes are `(.., t, d)`, `(.., s, d)` and `(.., s, e)`, with one length for each letter.
///
/// # Panics
/// If the lengths that one letter stands for differ, or if lengths of axes before the last two
/// differ.
#[cfg(feature = "alloc")]
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(crate) fn attend<Q: Shape, K: Shape, V: Shape>(queries: Q, keys: K, values: V) {
    let ([q, k, v], [width, keys_axis]) =
        ([queries.into_list().lens(), keys.into_list().lens(), values.into_list().lens()], [0, 1]);
    let heads_differ = (2..MAX_RANK).any(|axis| q[axis] != k[axis] || q[axis] != v[axis]);
    if q[width] != k[width] || k[keys_axis] != v[keys_axis] || heads_differ {
        disagree_in_attention(Seen::of(queries), Seen::of(keys), Seen::of(values));
    }
}

#[cfg(feature = "alloc")]
#[cold]
#[inline(never)]
#[track_caller]
fn disagree_in_attention(queries: Seen, keys: Seen, values: Seen) -> ! {
    panic!(
        "attention of queries `{queries}` to keys `{keys}` with values `{values}`: they are to be \
         (.., t, d), (.., s, d) and (.., s, e)"
    )
}
