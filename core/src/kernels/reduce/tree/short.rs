//! Folding regions along lanes that are shorter than a leaf of every accumulator.
//!
//! There the merges would take longer than the elements do: nothing is merged with accumulators
//! that have seen nothing yet, merges are without compensation, and what needs two passes takes
//! them.

use crate::kernels::reduce::tree::accumulators::Accumulators;
use crate::kernels::reduce::tree::{Fold, LANES, each, through_memory};

/// Folds `get(0), .., get(count - 1)`, in the order of the tree.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn fold_short<U: Copy, F: Fold<U>>(count: usize, get: impl Fn(usize) -> U) -> F::State {
    let rows = count / LANES;
    let mut lanes = Accumulators::<U, F, LANES>::new();
    if rows >= 4 {
        lanes.begin::<4>(
            #[cfg_attr(not(unoptimised), inline(always))]
            |r, k| get(r * LANES + k),
        );
    } else if rows >= 1 {
        lanes.begin::<1>(
            #[cfg_attr(not(unoptimised), inline(always))]
            |_, k| get(k),
        );
    }
    let begun = lanes.filled;
    lanes.feed_rest(
        LANES,
        rows - begun,
        #[cfg_attr(not(unoptimised), inline(always))]
        |r, k| get((begun + r) * LANES + k),
    );
    if rows > 1 && F::JOINS_ALL {
        lanes.set_all(through_memory(lanes.all()));
    }
    let few = count % LANES;
    let behind = fold_few::<U, F>(
        few,
        #[cfg_attr(not(unoptimised), inline(always))]
        |k| get(rows * LANES + k),
    );
    lanes.merged(behind, few, false)
}

/// Folds the `count` elements behind the last row of accumulators.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn fold_few<U: Copy, F: Fold<U>>(count: usize, get: impl Fn(usize) -> U) -> F::State {
    if count == 0 {
        return F::EMPTY;
    }
    // Each is asked for once: it may take long, or count.
    let first = get(0);
    let elements = each(
        #[cfg_attr(not(unoptimised), inline(always))]
        |k| if 0 < k && k < count { get(k) } else { first },
    );
    F::few(elements, count)
}
