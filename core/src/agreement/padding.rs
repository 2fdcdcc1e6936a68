//! The check of the lengths of a padded shape.

use super::{Called, Seen};
use crate::axes::{AxisSet, MAX_RANK};
use crate::shape::Shape;

/// Checks that along each of `axes` the length of `longer` is that of `shape` plus `before` plus
/// `after`, the two numbers in `pad`.
///
/// # Panics
/// If a length of `longer` differs from that sum.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(crate) fn padded<S: Shape, Longer: Shape>(
    shape: S,
    longer: Longer,
    axes: AxisSet,
    pad: [usize; 2],
) {
    if const { S::STATIC_LEN.is_none() || Longer::STATIC_LEN.is_none() } {
        add(Seen::of(shape), Seen::of(longer), axes, pad);
    }
}

#[inline(never)]
#[track_caller]
fn add(shape: Seen, longer: Seen, axes: AxisSet, [before, after]: [usize; 2]) {
    for k in (0..MAX_RANK).filter(|&k| axes.contains(k)) {
        let (len, said) = (shape.lens[k], longer.lens[k]);
        let sum = len.checked_add(before).and_then(|sum| sum.checked_add(after));
        assert!(
            sum == Some(said),
            "{} of length {len} of shape `{shape}` padded by {before} and {after} is not {said}",
            Called(shape.names[k], k)
        );
    }
}
