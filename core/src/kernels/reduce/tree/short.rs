//! Folding regions along lanes that are shorter than a leaf of every accumulator.
//!
//! There the merges would take longer than the elements do: nothing is merged with accumulators
//! that have seen nothing yet, merges are without compensation, and what needs two passes takes
//! them.

use crate::kernels::reduce::tree::accumulators::Accumulators;
use crate::kernels::reduce::tree::{Fold, LANES};
/// Folds `get(0), .., get(count - 1)`, in the order of the tree.
#[inline(always)]
pub(crate) fn fold_short<U: Copy, F: Fold<U>>(count: usize, get: impl Fn(usize) -> U) -> F::State {
    let rows = count / LANES;
    let mut lanes = if rows >= 4 {
        Accumulators::<U, F, LANES>::begun::<4>(
            #[inline(always)]
            |r, k| get(r * LANES + k),
        )
    } else if rows >= 1 {
        Accumulators::begun::<1>(
            #[inline(always)]
            |_, k| get(k),
        )
    } else {
        Accumulators::new()
    };
    let begun = lanes.filled;
    lanes.feed_rest(
        LANES,
        rows - begun,
        #[inline(always)]
        |r, k| get((begun + r) * LANES + k),
    );
    if rows > 1 {
        // Through memory, so that the loops before it are vectors: what follows is by halves, and
        // LLVM makes pairs at most for its sake.
        lanes.states.0 = core::hint::black_box(lanes.states.0);
    }
    let few = count % LANES;
    let behind = fold_few::<U, F>(
        few,
        #[inline(always)]
        |k| get(rows * LANES + k),
    );
    lanes.merged::<false>(behind, few)
}

/// Folds the `count` elements behind the last row of accumulators.
#[inline(always)]
pub(crate) fn fold_few<U: Copy, F: Fold<U>>(count: usize, get: impl Fn(usize) -> U) -> F::State {
    if count == 0 {
        return F::NOTHING;
    }
    let mut elements = [get(0); LANES];
    let mut k = 1;
    while k < count {
        elements[k] = get(k);
        k += 1;
    }
    F::few(elements, count)
}
