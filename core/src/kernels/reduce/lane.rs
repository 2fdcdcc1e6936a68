//! Folding one lane.

use crate::kernels::reduce::tree::accumulators::Accumulators;
use crate::kernels::reduce::tree::short::fold_few;
use crate::kernels::reduce::tree::{Blocks, Fold, LANES, LEAF, PLAIN, Planes};
use crate::shape::{Shape, lane_len};

/// How many elements make a leaf of every accumulator.
pub(crate) const CHUNK: usize = LEAF * LANES;

/// Whether a lane of length `len` is worth code of its own: it fills no block of the tree.
pub(super) const fn is_short(len: usize) -> bool {
    0 < len && len <= 2 * CHUNK
}

/// Folds `get(0), .., get(count - 1)`, at least one. `ahead` is told where each chunk begins.
#[inline(always)]
pub(crate) fn fold_lane<U: Copy, F: Fold<U>, S: Shape, const L: usize>(
    count: usize,
    get: impl Fn(usize) -> U,
    ahead: impl Fn(usize),
) -> F::State {
    let mut lanes = Accumulators::<U, F, LANES>::new();
    let mut blocks = Blocks::<U, F, 1, L>::of(LANES);
    let (mut j, mut leaves) = (0, count / CHUNK);
    if leaves > 2 {
        // The optimiser is not to unroll what is long enough as it is.
        leaves = core::hint::black_box(leaves);
    }
    for _ in 0..leaves {
        ahead(j);
        let finished = lanes.feed_leaf(
            LANES,
            false,
            #[inline(always)]
            |r, k| get(j + r * LANES + k),
        );
        if L > 0 && finished {
            blocks.push(F::Planes::splat(lanes.merged::<true>(F::NOTHING, 0)));
        }
        j += CHUNK;
    }
    finish::<U, F, S, L>(
        lanes,
        &blocks,
        count - j,
        count,
        #[inline(always)]
        |i| get(j + i),
    )
}

/// As [`fold_lane`], of a lane of shape `S` that is short: its length is a constant, so that the
/// code is of what is there alone.
#[inline(always)]
pub(super) fn fold_short_lane<U: Copy, F: Fold<U>, S: Shape>(get: impl Fn(usize) -> U) -> F::State {
    if const { lane_len::<S>() < CHUNK } {
        return F::short(const { lane_len::<S>() }, get);
    }
    let mut lanes = Accumulators::begun::<LEAF>(
        #[inline(always)]
        |r, k| get(r * LANES + k),
    );
    if const { lane_len::<S>() == 2 * CHUNK } {
        lanes.feed_leaf(
            LANES,
            true,
            #[inline(always)]
            |r, k| get(CHUNK + r * LANES + k),
        );
    }
    let fed = lanes.filled * LANES;
    finish::<U, F, S, 0>(
        lanes,
        &Blocks::of(LANES),
        const { lane_len::<S>() } - fed,
        const { lane_len::<S>() },
        #[inline(always)]
        |i| get(fed + i),
    )
}

/// Folds the `rest` elements behind the last whole leaf, of `count` in all, which are one lane of
/// `S` or several.
#[inline(always)]
pub(super) fn finish<U: Copy, F: Fold<U>, S: Shape, const L: usize>(
    mut lanes: Accumulators<U, F, LANES>,
    blocks: &Blocks<U, F, 1, L>,
    rest: usize,
    count: usize,
    get: impl Fn(usize) -> U,
) -> F::State {
    if const { lane_len::<S>() < CHUNK } && count < CHUNK {
        return F::short(count, get);
    }
    let rows = rest / LANES;
    lanes.settle();
    lanes.feed_rest(
        LANES,
        rows,
        #[inline(always)]
        |r, k| get(r * LANES + k),
    );
    let few = rest % LANES;
    let behind = fold_few::<U, F>(
        few,
        #[inline(always)]
        |k| get(rows * LANES + k),
    );
    let filled = lanes.filled * LANES + few;
    let last =
        if count > PLAIN { lanes.merged::<true>(behind, few) } else { lanes.merged::<false>(behind, few) };
    let mut last = F::Planes::splat(last);
    blocks.finish(&mut last, filled);
    last.get(0)
}

/// The first `j` below `len` for which `wanted` holds, or `len`.
#[inline(always)]
pub(super) fn first_in(len: usize, wanted: impl Fn(usize) -> bool) -> usize {
    // A chunk is searched without a branch, so that it vectorises.
    const CHUNK: usize = 64;
    let mut j = 0;
    while len - j >= CHUNK {
        let mut found = 0u32;
        for k in 0..CHUNK {
            found += u32::from(wanted(j + k));
        }
        if found != 0 {
            break;
        }
        j += CHUNK;
    }
    while j < len && !wanted(j) {
        j += 1;
    }
    j
}
