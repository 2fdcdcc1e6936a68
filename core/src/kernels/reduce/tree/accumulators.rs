//! Accumulators: neighbouring states that are fed side by side, leaf by leaf, in the order of the
//! [tree](super).
//!
//! Most folds merge each leaf with the state before it. Others take leaves in segments: a segment
//! is opened by its first leaf, fed leaf by leaf, and then settled, which merges it with the state
//! before it ([`Fold::SETTLES`]).

use core::mem::MaybeUninit;
use core::ops::Range;

use crate::kernels::reduce::tree::{BLOCK, Fold, LANES, LEAF, Planes, each};
use crate::run::lined::Lined;

/// The maximum number of elements of a segment.
const OPEN: usize = 128;
/// The number of elements of the next segment of an accumulator that has seen `settled` elements.
///
/// It is a quarter of those, rounded down to a power of 2, but at least a leaf: the elements of a
/// longer segment would show in the result if they were far from their anchor.
#[cfg_attr(not(unoptimised), inline(always))]
const fn opens(settled: usize) -> usize {
    match settled / 4 {
        OPEN.. => OPEN,
        quarter @ LEAF.. => 1 << quarter.ilog2(),
        _ => LEAF,
    }
}

/// `N` neighbouring accumulators if `ALL`, else at most `N` of them, whose number is known at run
/// time. Each is fed the same number of elements.
#[derive(Clone, Copy, Debug)]
pub struct Accumulators<T: Copy, F: Fold<T>, const N: usize, const ALL: bool = true> {
    /// The states, of which the first `width` have been set.
    pub(crate) states: Lined<MaybeUninit<F::Planes<N>>>,
    /// The number of accumulators.
    width: usize,
    /// The number of elements that each accumulator has seen.
    pub(crate) filled: usize,
    /// The number of elements that each had seen when it was last settled.
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
    /// No accumulators yet: [`widen`](Self::widen) sets their number.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn none() -> Self {
        Self { states: Lined(MaybeUninit::uninit()), width: 0, filled: 0, settled: 0 }
    }

    /// Sets the number of accumulators to `width`, at most `N`, and their states to those of no
    /// elements. To set all `N` states would take a little time; so would moving them, which is why
    /// this is done in place.
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
    /// `k` is below the number of accumulators.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) unsafe fn state(&self, k: usize) -> F::State {
        // SAFETY: the states of all accumulators were set when their number was.
        unsafe { Planes::read(&self.states.0, k) }
    }

    /// Replaces the states of the accumulators `at`, as far as they exist, by the results of `of`
    /// for each.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn change(&mut self, at: Range<usize>, of: impl Fn(usize, F::State) -> F::State) {
        let at = at.start..self.end(at.end);
        // SAFETY: the states of all accumulators were set when their number was.
        unsafe { Planes::change(&mut self.states.0, at, of) };
    }

    /// The states of all `N` accumulators. If there are fewer, all are those of no elements.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn all(&self) -> F::Planes<N> {
        if self.end(N) < N {
            return F::Planes::splat(F::EMPTY);
        }
        // SAFETY: there are `N` accumulators, and the states of all have been set.
        unsafe { self.states.0.assume_init() }
    }

    /// The smaller of `end` and the number of accumulators.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn end(&self, end: usize) -> usize {
        // A constant if there are `N`, so that loops over them are unrolled.
        let width = if const { ALL } { N } else { self.width };
        if end < width { end } else { width }
    }

    /// Feeds `N` new accumulators a leaf of `R` elements each, without a merge. This is done in
    /// place: if the accumulators were moved, states just written piece by piece would be read by
    /// whole vectors, which wait for the stores. That took a third of the time of a maximum over
    /// 256 elements.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn begin<const R: usize>(&mut self, get: impl Fn(usize, usize) -> T) {
        self.states.0 = MaybeUninit::new(F::leaves::<R, N>(get));
        (self.width, self.filled, self.settled) = (N, R, R);
    }

    /// Feeds the accumulators `at` a leaf each: `get(r, k)` is element `r` of accumulator `k`.
    /// [`leaf_is_fed`](Self::leaf_is_fed) follows when all accumulators have been fed it.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn feed_leaf_at(&mut self, at: Range<usize>, get: impl Fn(usize, usize) -> T) {
        if const { F::SETTLES } {
            self.feed_segment_at(at, get);
        } else {
            self.merge_at::<LEAF>(at, get);
        }
    }

    /// Merges the accumulators `at` with a leaf of `R` elements each.
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

    /// As [`feed_leaf_at`](Self::feed_leaf_at), for folds that settle.
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

    /// Replaces the states of the accumulators `at` by `change` of each and of its next `R`
    /// elements: `get(r, k)` is element `r` of accumulator `k`.
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

    /// Settles the first `width` accumulators, if a segment is open.
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

    /// Feeds the first `width` accumulators a leaf each. Returns whether that finishes a block,
    /// which the caller must then take. For `last`, see [`leaf_is_fed`](Self::leaf_is_fed).
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

    /// Counts a leaf, and settles the accumulators if it ends a segment. Returns whether it
    /// finishes a block, which the caller must then take. After the `last` leaf the accumulators
    /// are settled in any case; a caller that never passes `true` for it calls
    /// [`settle`](Self::settle) at the end.
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

    /// Feeds the first `width` accumulators `rows` elements each, fewer than a leaf, after all
    /// leaves: in pieces of 4 and of 1.
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

    /// As [`feed_rest`](Self::feed_rest), for folds that settle, in two passes. The accumulators
    /// are settled before and after.
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

    /// Returns the states; the accumulators begin anew.
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

    /// Sets the states of all `N` accumulators.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn set_all(&mut self, states: F::Planes<N>) {
        self.states.0 = MaybeUninit::new(states);
        self.width = N;
    }
}

impl<T: Copy, F: Fold<T>> Accumulators<T, F, LANES> {
    /// The state of a whole region: of all accumulators, followed by `few`, the state of the last
    /// `rest` elements.
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
