//! Folding regions of fewer than 256 elements along lanes. (256 elements are a leaf for each of the
//! 16 accumulators.)
//!
//! For so few elements, merges take longer than reads. Therefore the first elements become the
//! states of the accumulators instead of being merged with empty ones, and a sum is not
//! compensated. A mean or a variance takes two passes over the elements, one for the rounded mean
//! and one for the deviations from that mean; so a lazy operand is computed twice.
//!
//! 1. The first 4 rows of 16 elements, or the first row if there are fewer than 4, become the
//!    states of the 16 accumulators. The other rows are fed in pieces of 4 and then of 1.
//! 2. The accumulators are merged by halves. In between, the states are written to memory and read
//!    again (`black_box`): otherwise LLVM would arrange the vectors of the earlier steps for the
//!    last merges, which combine few values. The merges are unrolled by hand, because a build for
//!    size unrolls no loops.
//! 3. The last elements, fewer than 16, are folded by halves, and their state is merged last.

use crate::kernels::reduce::tree::accumulators::Accumulators;
use crate::kernels::reduce::tree::{Fold, LANES, each, through_memory};

/// Folds `get(0), .., get(count - 1)` in the order of the tree. `count` is less than 256.
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

/// Folds the `count` elements after the last whole row: `get(0), .., get(count - 1)`, fewer than
/// 16.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn fold_few<U: Copy, F: Fold<U>>(count: usize, get: impl Fn(usize) -> U) -> F::State {
    if count == 0 {
        return F::EMPTY;
    }
    // `get` is called exactly once for each element, because it may be slow or count its calls. So
    // the places of `elements` from `count` on hold a copy of the first element.
    let first = get(0);
    let elements = each(
        #[cfg_attr(not(unoptimised), inline(always))]
        |k| if 0 < k && k < count { get(k) } else { first },
    );
    F::few(elements, count)
}
