//! Folding one lane.

use crate::kernels::reduce::tree::accumulators::Accumulators;
use crate::kernels::reduce::tree::counter::Blocks;
use crate::kernels::reduce::tree::short::fold_few;
use crate::kernels::reduce::tree::{BLOCK, Fold, LANES, LEAF, PLAIN};

/// How many elements make a leaf of every accumulator.
pub(crate) const CHUNK: usize = LEAF * LANES;

/// Folds `get(0), .., get(count - 1)`, at least one. `ahead` is told where each chunk begins.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn fold_lane<U: Copy, F: Fold<U>, const L: usize>(
    count: usize,
    get: impl Fn(usize) -> U,
    ahead: impl Fn(usize),
) -> F::State {
    if count < CHUNK {
        return F::short(count, get);
    }
    let mut lanes = Accumulators::<U, F, LANES>::new();
    let mut blocks = Blocks::<U, F, L>::of(LANES, 1);
    let (mut j, mut leaves) = (0, count / CHUNK);
    if leaves > 2 {
        // The optimiser is not to unroll what is long enough as it is.
        leaves = core::hint::black_box(leaves);
    }
    while leaves > 0 {
        let here = leaves.min(BLOCK);
        leaves -= here;
        ahead(j);
        lanes.begin::<LEAF>(
            #[cfg_attr(not(unoptimised), inline(always))]
            |r, k| get(j + r * LANES + k),
        );
        j += CHUNK;
        for _ in 1..here {
            ahead(j);
            lanes.feed_leaf(
                LANES,
                false,
                #[cfg_attr(not(unoptimised), inline(always))]
                |r, k| get(j + r * LANES + k),
            );
            j += CHUNK;
        }
        if L > 0 && here == BLOCK {
            blocks.push_joined(lanes.all());
            lanes = Accumulators::new();
        }
    }
    finish::<U, F, L>(
        &mut lanes,
        &blocks,
        count - j,
        count,
        #[cfg_attr(not(unoptimised), inline(always))]
        |i| get(j + i),
    )
}

/// Folds the `rest` elements behind the last whole leaf, of `count` in all, which are one lane of
/// `S` or several.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn finish<U: Copy, F: Fold<U>, const L: usize>(
    lanes: &mut Accumulators<U, F, LANES>,
    blocks: &Blocks<U, F, L>,
    rest: usize,
    count: usize,
    get: impl Fn(usize) -> U,
) -> F::State {
    let rows = rest / LANES;
    lanes.settle(LANES);
    lanes.feed_rest(
        LANES,
        rows,
        #[cfg_attr(not(unoptimised), inline(always))]
        |r, k| get(r * LANES + k),
    );
    let few = rest % LANES;
    let behind = fold_few::<U, F>(
        few,
        #[cfg_attr(not(unoptimised), inline(always))]
        |k| get(rows * LANES + k),
    );
    let filled = lanes.filled * LANES + few;
    let last = lanes.merged(behind, few, count > PLAIN);
    if L > 0 { blocks.finish_one(last, filled) } else { last }
}

/// The first `j` below `len` for which `wanted` holds, or `len`.
#[cfg_attr(not(unoptimised), inline(always))]
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
