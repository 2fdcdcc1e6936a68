//! Folding one lane: `get(0), .., get(count - 1)`, where element i belongs to accumulator i mod 16.
//!
//! 1. Fewer than 256 elements are folded by [`Fold::short`].
//! 2. Each chunk of 256 elements feeds each of the 16 accumulators a leaf. 1024 chunks are a block:
//!    the accumulators are merged into one state, which is added to [`Blocks`], and then the
//!    accumulators begin anew.
//! 3. After the last whole chunk, the accumulators are fed the rows of 16 elements that are left.
//! 4. The accumulators are merged by halves. The last elements, fewer than 16, are folded by
//!    halves, and their state is merged with that of the accumulators.
//! 5. The states of the finished blocks are merged with the state of step 4, which comes last.

use crate::kernels::reduce::tree::accumulators::Accumulators;
use crate::kernels::reduce::tree::counter::Blocks;
use crate::kernels::reduce::tree::short::fold_few;
use crate::kernels::reduce::tree::{BLOCK, Fold, LANES, LEAF, PLAIN};
use crate::run::adder::Adder;

/// The number of elements of a chunk, which holds a leaf for each of the 16 accumulators of a
/// region along lanes.
pub(crate) const CHUNK: usize = LEAF * LANES;

/// Folds `get(0), .., get(count - 1)`; `count` is at least 1. `ahead` is called with the index at
/// which each chunk begins, and prefetches memory that lies after the chunk. [`Blocks`] has room
/// for `L` states.
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
        // Keeps the optimiser from unrolling the loop, whose body is long already.
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
                Adder::PLAIN,
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

/// The state of all `count` elements of a region. `lanes` and `blocks` have the elements of the
/// whole chunks. The `rest` elements after the last whole chunk have not been fed yet: here `get`
/// counts from that point, so they are `get(0), .., get(rest - 1)`.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn finish<U: Copy, F: Fold<U>, const L: usize>(
    lanes: &mut Accumulators<U, F, LANES>,
    blocks: &Blocks<U, F, L>,
    rest: usize,
    count: usize,
    get: impl Fn(usize) -> U,
) -> F::State {
    let rows = rest / LANES;
    lanes.settle(LANES, Adder::PLAIN);
    lanes.feed_rest(
        LANES,
        rows,
        #[cfg_attr(not(unoptimised), inline(always))]
        |r, k| get(r * LANES + k),
    );
    let few = rest % LANES;
    let after = fold_few::<U, F>(
        few,
        #[cfg_attr(not(unoptimised), inline(always))]
        |k| get(rows * LANES + k),
    );
    let filled = lanes.filled * LANES + few;
    let last = lanes.merged(after, few, count > PLAIN);
    if L > 0 { blocks.finish_one(last, filled) } else { last }
}

/// The first index below `len` for which `wanted` returns true, or `len` if there is none.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn first_in(len: usize, wanted: impl Fn(usize) -> bool) -> usize {
    // The number of elements that are searched without a branch, so that the loop vectorises.
    const SEARCHED: usize = 64;
    let mut j = 0;
    while len - j >= SEARCHED {
        let mut found = 0u32;
        for k in 0..SEARCHED {
            found += u32::from(wanted(j + k));
        }
        if found != 0 {
            break;
        }
        j += SEARCHED;
    }
    while j < len && !wanted(j) {
        j += 1;
    }
    j
}
