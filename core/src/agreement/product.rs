//! The check of the lengths of two factors of a matrix product.

use super::{Meeting, Seen, compare, differ_along, meet, meeting};
use crate::axes::AxisSet;
use crate::shape::{List, Shape};

/// Checks that `lhs` and `rhs`, whose types have a matrix product, also have one by their run-time
/// lengths.
///
/// # Panics
/// If the lengths of the inner axes differ, or if the batch axes do not broadcast.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(crate) fn multiply<Lhs: Shape, Rhs: Shape>(lhs: Lhs, rhs: Rhs) {
    let (a, b) = (lhs.into_list().lens(), rhs.into_list().lens());
    // If both inner lengths are static, their types prove that they are equal. Then `meet` is the
    // constant `false`, and nothing is compared.
    let inner_differs =
        const { meet::<Lhs, Rhs>(0, inner(Rhs::RANK)) } && a[0] != b[const { inner(Rhs::RANK) }];
    if inner_differs || differ_along(lhs, rhs, BATCHES.and(const { meeting::<Lhs, Rhs>() })) {
        factors(Seen::of(lhs), Seen::of(rhs));
    }
}

/// The axes of a factor other than its last two: the batches.
const BATCHES: AxisSet = AxisSet(!0b11);

/// The inner axis of a right factor of rank `rank`, the axis that is multiplied with the last axis
/// of the left factor (0 is the last axis).
const fn inner(rank: usize) -> usize {
    if rank > 1 { 1 } else { 0 }
}

#[cold]
#[inline(never)]
#[track_caller]
fn factors(a: Seen, b: Seen) {
    let inner = inner(b.rank);
    let (left, right) = (a.lens[0], b.lens[inner]);
    if left != right {
        let name = a.names[0].or(b.names[inner]);
        let (blank, name) = name.map_or(("", ""), |name| (" ", name));
        panic!(
            "cannot multiply `{a}` by `{b}`: the inner axis{blank}{name} is {left} on the left, {right} on \
             the right"
        );
    }
    compare(Meeting::Broadcast, a, b, BATCHES);
}
