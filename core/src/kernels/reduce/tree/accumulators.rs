//! Accumulators: neighbouring states that are fed side by side, leaf by leaf, in the order of the
//! [tree](super).
//!
//! Some folds merge each leaf with what came before. Others take leaves in segments: a segment is
//! opened by its first leaf, fed, and then settled, which is merging it ([`Fold::SETTLES`]).

use core::mem::MaybeUninit;
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
#[cfg_attr(not(unoptimised), inline(always))]
const fn opens(settled: usize) -> usize {
    match settled / 4 {
        OPEN.. => OPEN,
        quarter @ LEAF.. => 1 << quarter.ilog2(),
        _ => LEAF,
    }
}

/// `N` neighbouring accumulators, fed the same number of elements each; unless it is `ALL` of them,
/// the first of so many, whose number is known at run time alone.
#[derive(Clone, Copy, Debug)]
pub struct Accumulators<T: Copy, F: Fold<T>, const N: usize, const ALL: bool = true> {
    /// Those of the accumulators that there are.
    pub(crate) states: Lined<MaybeUninit<F::Planes<N>>>,
    /// How many there are.
    width: usize,
    /// How many elements each has seen.
    pub(crate) filled: usize,
    /// How many it had seen when it was settled.
    settled: usize,
}

impl<T: Copy, F: Fold<T>, const N: usize> Accumulators<T, F, N> {
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn new() -> Self {
        let states = Lined(MaybeUninit::new(F::Planes::splat(F::EMPTY)));
        Self { states, width: N, filled: 0, settled: 0 }
    }
}

impl<T: Copy, F: Fold<T>, const N: usize> Accumulators<T, F, N, false> {
    /// None yet: [`widen`](Self::widen) says how many.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn none() -> Self {
        Self { states: Lined(MaybeUninit::uninit()), width: 0, filled: 0, settled: 0 }
    }

    /// Sets the states of the first `width` accumulators: to set those of all `N` takes a little
    /// time. In place, as to move them would.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn widen(&mut self, width: usize) {
        let width = if width < N { width } else { N };
        for k in 0..width {
            // SAFETY: `k` is below `N`.
            unsafe { Planes::write(&mut self.states.0, k, F::EMPTY) };
        }
        self.width = width;
    }
}

impl<T: Copy, F: Fold<T>, const N: usize, const ALL: bool> Accumulators<T, F, N, ALL> {
    /// The state of accumulator `k`.
    ///
    /// # Safety
    /// There is one of this number.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) unsafe fn state(&self, k: usize) -> F::State {
        // SAFETY: the states of all that there are have been set when this was made.
        unsafe { Planes::read(&self.states.0, k) }
    }

    /// Sets the states of the accumulators `at`, as far as there are any, to what `of` makes of
    /// each.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn change(&mut self, at: Range<usize>, of: impl Fn(usize, F::State) -> F::State) {
        let at = at.start..self.end(at.end);
        // SAFETY: the states of all that there are have been set when this was made.
        unsafe { Planes::change(&mut self.states.0, at, of) };
    }

    /// The states of all `N`; of fewer, those of nothing.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn all(&self) -> F::Planes<N> {
        if self.end(N) < N {
            return F::Planes::splat(F::EMPTY);
        }
        // SAFETY: the states of as many as there are have been set.
        unsafe { self.states.0.assume_init() }
    }

    /// Of the accumulators before `end`, the end of those that there are.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn end(&self, end: usize) -> usize {
        // A constant where all are there: loops over them are unrolled.
        let width = if const { ALL } { N } else { self.width };
        if end < width { end } else { width }
    }

    /// Begins with `R` elements each, which are merged with nothing. In place: were all of this
    /// moved, what was just written piece by piece would be read by whole vectors, and waited for.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn begin<const R: usize>(&mut self, get: impl Fn(usize, usize) -> T) {
        self.states.0 = MaybeUninit::new(F::leaves::<R, N>(get));
        (self.width, self.filled, self.settled) = (N, R, R);
    }

    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn feed_leaf_at(&mut self, at: Range<usize>, get: impl Fn(usize, usize) -> T) {
        if const { F::SETTLES } {
            self.feed_segment_at(at, get);
        } else {
            self.merge_at::<LEAF>(at, get);
        }
    }

    /// Merges the accumulators `at` with `R` elements each.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn merge_at<const R: usize>(&mut self, at: Range<usize>, get: impl Fn(usize, usize) -> T) {
        let weights = F::weights(self.filled, R);
        self.each_at(
            at,
            get,
            #[cfg_attr(not(unoptimised), inline(always))]
            |state, elements| F::merge::<true>(state, F::leaf::<R>(elements), weights),
        );
    }

    /// As [`feed_leaf_at`](Self::feed_leaf_at), where accumulators are settled.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn feed_segment_at(&mut self, at: Range<usize>, get: impl Fn(usize, usize) -> T) {
        if self.filled == 0 {
            self.each_at(
                at,
                get,
                #[cfg_attr(not(unoptimised), inline(always))]
                |_, elements: [T; LEAF]| F::leaf(elements),
            );
        } else if self.filled == self.settled {
            self.each_at(
                at,
                get,
                #[cfg_attr(not(unoptimised), inline(always))]
                |state, elements: [T; LEAF]| F::fed(F::opened(state, elements), elements),
            );
        } else {
            self.each_at(
                at,
                get,
                #[cfg_attr(not(unoptimised), inline(always))]
                |state, elements: [T; LEAF]| F::fed(state, elements),
            );
        }
    }

    /// Changes the accumulators `at`, of which `get(r, k)` is element `r` of accumulator `k`.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn each_at<const R: usize>(
        &mut self,
        at: Range<usize>,
        get: impl Fn(usize, usize) -> T,
        change: impl Fn(F::State, [T; R]) -> F::State,
    ) {
        self.change(
            at,
            #[cfg_attr(not(unoptimised), inline(always))]
            |k, state| {
                let elements = each(
                    #[cfg_attr(not(unoptimised), inline(always))]
                    |r| get(r, k),
                );
                change(state, elements)
            },
        );
    }

    /// Settles the accumulators.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn settle(&mut self, width: usize) {
        if const { F::SETTLES } && self.filled > self.settled {
            let weights = F::weights(self.settled, self.filled - self.settled);
            self.change(
                0..width,
                #[cfg_attr(not(unoptimised), inline(always))]
                |_, state| F::settled(state, weights),
            );
            self.settled = self.filled;
        }
    }

    /// Feeds the first `width` accumulators a whole leaf each. True when that finishes a block,
    /// which is to be taken.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn feed_leaf(
        &mut self,
        width: usize,
        last: bool,
        get: impl Fn(usize, usize) -> T,
    ) -> bool {
        self.feed_leaf_at(0..width, get);
        self.leaf_is_fed(width, last)
    }

    /// Counts a leaf, and settles the accumulators in time. True when it finishes a block, which is
    /// to be taken. If it is the `last`, the accumulators are settled behind it; else they may have
    /// to be.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn leaf_is_fed(&mut self, width: usize, last: bool) -> bool {
        let first = self.filled == 0;
        self.filled += LEAF;
        let whole = self.filled == BLOCK * LEAF;
        if const { F::SETTLES } {
            if first {
                self.settled = LEAF;
            }
            if whole | last | (self.filled - self.settled >= opens(self.settled)) {
                self.settle(width);
            }
        }
        whole
    }

    /// Feeds the first `width` accumulators `rows` elements each, less than a leaf, behind all
    /// leaves.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn feed_rest(&mut self, width: usize, rows: usize, get: impl Fn(usize, usize) -> T) {
        if const { F::SETTLES } {
            return self.feed_few(width, rows, get);
        }
        let mut row = 0;
        while rows - row >= 4 {
            self.merge_at::<4>(
                0..width,
                #[cfg_attr(not(unoptimised), inline(always))]
                |r, k| get(row + r, k),
            );
            self.filled += 4;
            row += 4;
        }
        while row < rows {
            self.merge_at::<1>(
                0..width,
                #[cfg_attr(not(unoptimised), inline(always))]
                |_, k| get(row, k),
            );
            self.filled += 1;
            row += 1;
        }
    }

    /// As [`feed_rest`](Self::feed_rest), where accumulators are settled, as they are: all of the
    /// rest is.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn feed_few(&mut self, width: usize, rows: usize, get: impl Fn(usize, usize) -> T) {
        let (alone, weights) = (self.filled == 0, F::weights(self.filled, rows));
        for r in 0..rows {
            self.change(
                0..width,
                #[cfg_attr(not(unoptimised), inline(always))]
                |k, state| F::near(state, get(r, k), r == 0, weights),
            );
        }
        for r in 0..rows {
            self.change(
                0..width,
                #[cfg_attr(not(unoptimised), inline(always))]
                |k, state| F::added(state, get(r, k), r == 0, weights),
            );
        }
        if rows > 0 {
            self.change(
                0..width,
                #[cfg_attr(not(unoptimised), inline(always))]
                |_, state| F::finished(state, alone, weights),
            );
        }
        self.filled += rows;
        self.settled = self.filled;
    }

    /// The states; the accumulators begin anew.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn take(&mut self) -> MaybeUninit<F::Planes<N>> {
        let taken = self.states.0;
        self.change(
            0..self.width,
            #[cfg_attr(not(unoptimised), inline(always))]
            |_, _| F::EMPTY,
        );
        (self.filled, self.settled) = (0, 0);
        taken
    }

    /// Sets the states of all `N`.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn set_all(&mut self, states: F::Planes<N>) {
        self.states.0 = MaybeUninit::new(states);
        self.width = N;
    }
}

impl<T: Copy, F: Fold<T>> Accumulators<T, F, LANES> {
    /// One state of all accumulators, and of `few`, the state of the `rest` elements behind them.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn merged(&self, few: F::State, rest: usize, compensated: bool) -> F::State {
        let each = self.filled;
        if each == 0 {
            return few;
        }
        let all = F::joined(self.all(), each, compensated);
        if rest == 0 {
            return all;
        }
        let weights = F::weights(each * LANES, rest);
        if compensated {
            F::merge::<true>(all, few, weights)
        } else {
            F::merge::<false>(all, few, weights)
        }
    }
}
