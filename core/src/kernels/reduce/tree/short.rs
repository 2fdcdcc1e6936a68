//! Folding regions along lanes that are shorter than a leaf of every accumulator, 256 elements.
//!
//! Merges would take longer than the elements here. So elements are not merged with accumulators
//! that have seen none, and a sum is not compensated. A mean or a variance takes two passes, in
//! which a computed operand is computed twice: the rounded mean, and the deviations from it.
//!
//! 1. The 16 accumulators begin with 4 rows of 16 elements, or with 1 if there are fewer, and are
//!    fed the other rows in pieces of 4 and of 1.
//! 2. They are merged by halves. LLVM makes vectors of what is written side by side; so the
//!    accumulators are written to memory (`black_box`) when few are left to be merged. The merges
//!    are unrolled by hand, as a build for size unrolls no loops.
//! 3. The last elements, fewer than 16, are folded by halves and merged after that.

use crate::kernels::reduce::tree::accumulators::Accumulators;
use crate::kernels::reduce::tree::{Fold, LANES, each, through_memory};

/// Folds `get(0), .., get(count - 1)`, fewer than 256 elements, in the order of the tree.
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
    let after = fold_few::<U, F>(
        few,
        #[cfg_attr(not(unoptimised), inline(always))]
        |k| get(rows * LANES + k),
    );
    lanes.merged(after, few, false)
}

/// Folds the `count` elements after the last whole row, fewer than 16.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn fold_few<U: Copy, F: Fold<U>>(count: usize, get: impl Fn(usize) -> U) -> F::State {
    if count == 0 {
        return F::EMPTY;
    }
    // `get` is called once for each element: it may take long, or count its calls.
    let first = get(0);
    let elements = each(
        #[cfg_attr(not(unoptimised), inline(always))]
        |k| if 0 < k && k < count { get(k) } else { first },
    );
    F::few(elements, count)
}
