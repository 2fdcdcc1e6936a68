//! Accumulators: neighbouring states that are fed side by side, leaf by leaf, in the order of the
//! [tree](super).
//!
//! Some folds merge each leaf with what came before. Others take leaves in segments: a segment is
//! opened by its first leaf, fed, and then settled, which is merging it ([`Fold::SETTLES`]).

use core::ops::Range;

use crate::kernels::reduce::tree::{BLOCK, Fold, LANES, LEAF, Planes, each};
use crate::run::lined::Lined;

/// The most elements that are fed to an accumulator before it is settled.
const OPEN: usize = 128;
/// How many elements, at least a leaf, are fed to an accumulator of `settled` elements before it is
/// settled again.
///
/// At most a quarter of those, rounded down to a power of 2: more would tell in the result, were
/// they far from their anchor.
#[inline(always)]
const fn opens(settled: usize) -> usize {
    match settled / 4 {
        OPEN.. => OPEN,
        quarter @ LEAF.. => 1 << quarter.ilog2(),
        _ => LEAF,
    }
}

/// `N` neighbouring accumulators, fed the same number of elements each.
#[derive(Clone, Copy)]
pub(crate) struct Accumulators<T: Copy, F: Fold<T>, const N: usize> {
    pub(crate) states: Lined<F::Planes<N>>,
    /// How many elements each has seen.
    pub(crate) filled: usize,
    /// How many it had seen when it was settled.
    settled: usize,
}

impl<T: Copy, F: Fold<T>, const N: usize> Accumulators<T, F, N> {
    #[inline(always)]
    pub(crate) fn new() -> Self {
        Self { states: Lined(F::Planes::splat(F::NOTHING)), filled: 0, settled: 0 }
    }

    /// Of `R` elements each, which are merged with nothing.
    #[inline(always)]
    pub(crate) fn begun<const R: usize>(get: impl Fn(usize, usize) -> T) -> Self {
        Self { states: Lined(F::leaves::<R, N>(get)), filled: R, settled: R }
    }

    /// Feeds the accumulators `at` a whole leaf each: `get(r, k)` is element `r` of accumulator
    /// `k`. It is not counted: [`leaf_is_fed`](Self::leaf_is_fed) does that, once each is fed.
    #[inline(always)]
    pub(crate) fn feed_leaf_at(&mut self, at: Range<usize>, get: impl Fn(usize, usize) -> T) {
        if const { F::SETTLES } {
            self.feed_segment_at(at, get);
        } else {
            self.merge_at::<LEAF>(at, get);
        }
    }

    /// Merges the accumulators `at` with `R` elements each.
    #[inline(always)]
    fn merge_at<const R: usize>(&mut self, at: Range<usize>, get: impl Fn(usize, usize) -> T) {
        let weights = F::weights(self.filled, R);
        for k in at {
            let elements = each(
                #[inline(always)]
                |r| get(r, k),
            );
            self.states.0.set(k, F::merge::<true>(self.states.0.get(k), F::leaf::<R>(elements), weights));
        }
    }

    /// As [`feed_leaf_at`](Self::feed_leaf_at), where accumulators are settled.
    #[inline(always)]
    fn feed_segment_at(&mut self, at: Range<usize>, get: impl Fn(usize, usize) -> T) {
        if self.filled == 0 {
            self.each_at(
                at,
                get,
                #[inline(always)]
                |_, elements: [T; LEAF]| F::leaf(elements),
            );
        } else if self.filled == self.settled {
            self.each_at(
                at,
                get,
                #[inline(always)]
                |state, elements| F::fed(F::opened(state, elements), elements),
            );
        } else {
            self.each_at(
                at,
                get,
                #[inline(always)]
                |state, elements| F::fed(state, elements),
            );
        }
    }

    /// Changes the accumulators `at`, of which `get(r, k)` is element `r` of accumulator `k`.
    #[inline(always)]
    fn each_at(
        &mut self,
        at: Range<usize>,
        get: impl Fn(usize, usize) -> T,
        change: impl Fn(F::State, [T; LEAF]) -> F::State,
    ) {
        for k in at {
            let elements = each(
                #[inline(always)]
                |r| get(r, k),
            );
            self.states.0.set(k, change(self.states.0.get(k), elements));
        }
    }

    /// Settles the accumulators.
    #[inline(always)]
    pub(crate) fn settle(&mut self) {
        if const { F::SETTLES } && self.filled > self.settled {
            let weights = F::weights(self.settled, self.filled - self.settled);
            for k in 0..N {
                self.states.0.set(k, F::settled(self.states.0.get(k), weights));
            }
            self.settled = self.filled;
        }
    }

    /// Feeds the first `width` accumulators a whole leaf each. True when that finishes a block,
    /// which is to be taken.
    #[inline(always)]
    pub(crate) fn feed_leaf(&mut self, width: usize, last: bool, get: impl Fn(usize, usize) -> T) -> bool {
        self.feed_leaf_at(0..width, get);
        self.leaf_is_fed(last)
    }

    /// Counts a leaf, and settles the accumulators in time. True when it finishes a block, which is
    /// to be taken. If it is the `last`, the accumulators are settled behind it; else they may have
    /// to be.
    #[inline(always)]
    pub(crate) fn leaf_is_fed(&mut self, last: bool) -> bool {
        let first = self.filled == 0;
        self.filled += LEAF;
        let whole = self.filled == BLOCK * LEAF;
        if const { F::SETTLES } {
            if first {
                self.settled = LEAF;
            }
            if whole | last | (self.filled - self.settled >= opens(self.settled)) {
                self.settle();
            }
        }
        whole
    }

    /// Feeds the first `width` accumulators `rows` elements each, less than a leaf, behind all
    /// leaves.
    #[inline(always)]
    pub(crate) fn feed_rest(&mut self, width: usize, rows: usize, get: impl Fn(usize, usize) -> T) {
        if const { F::SETTLES } {
            return self.feed_few(width, rows, get);
        }
        let mut row = 0;
        while rows - row >= 4 {
            self.merge_at::<4>(
                0..width,
                #[inline(always)]
                |r, k| get(row + r, k),
            );
            self.filled += 4;
            row += 4;
        }
        while row < rows {
            self.merge_at::<1>(
                0..width,
                #[inline(always)]
                |_, k| get(row, k),
            );
            self.filled += 1;
            row += 1;
        }
    }

    /// As [`feed_rest`](Self::feed_rest), where accumulators are settled, as they are: all of the
    /// rest is.
    #[inline(always)]
    fn feed_few(&mut self, width: usize, rows: usize, get: impl Fn(usize, usize) -> T) {
        let (alone, weights) = (self.filled == 0, F::weights(self.filled, rows));
        for r in 0..rows {
            for k in 0..width {
                self.states.0.set(k, F::near(self.states.0.get(k), get(r, k), r == 0, weights));
            }
        }
        for r in 0..rows {
            for k in 0..width {
                self.states.0.set(k, F::added(self.states.0.get(k), get(r, k), r == 0, weights));
            }
        }
        if rows > 0 {
            for k in 0..width {
                self.states.0.set(k, F::finished(self.states.0.get(k), alone, weights));
            }
        }
        self.filled += rows;
        self.settled = self.filled;
    }

    /// The states; the accumulators begin anew.
    #[inline(always)]
    pub(crate) fn take(&mut self) -> F::Planes<N> {
        (self.filled, self.settled) = (0, 0);
        core::mem::replace(&mut self.states.0, F::Planes::splat(F::NOTHING))
    }
}

impl<T: Copy, F: Fold<T>> Accumulators<T, F, LANES> {
    /// One state of all accumulators, and of `few`, the state of the `rest` elements behind them.
    #[inline(always)]
    pub(crate) fn merged<const COMPENSATED: bool>(&mut self, few: F::State, rest: usize) -> F::State {
        let each = self.filled;
        if each == 0 {
            return few;
        }
        let all = F::joined::<COMPENSATED>(self.take(), each);
        if rest == 0 { all } else { F::merge::<COMPENSATED>(all, few, F::weights(each * LANES, rest)) }
    }
}
