//! Accumulators: neighbouring states that are fed side by side, leaf by leaf, in the order of the
//! [tree](super).
//!
//! Most folds merge each leaf with the state of the elements before the leaf. Others take leaves in
//! segments ([`Fold::SETTLES`]): a segment is opened by its first leaf and fed leaf by leaf. Then
//! it is settled, which merges it with the state of the elements before the segment.

use core::mem::MaybeUninit;
use core::ops::Range;

use crate::kernels::reduce::tree::{BLOCK, Fold, LANES, LEAF, Planes, each};
use crate::run::adder::Adder;
use crate::run::lined::Lined;

/// The maximum number of elements of a segment.
const OPEN: usize = 128;
/// The number of elements of the next segment of an accumulator that has seen `settled` elements.
///
/// That is a quarter of `settled`, rounded down to a power of 2, but at least a leaf and at most
/// [`OPEN`]. If a longer segment had elements far from its anchor, their rounding errors would show
/// in the result.
#[cfg_attr(not(unoptimised), inline(always))]
const fn opens(settled: usize) -> usize {
    match settled / 4 {
        OPEN.. => OPEN,
        quarter @ LEAF.. => 1 << quarter.ilog2(),
        _ => LEAF,
    }
}

/// Neighbouring accumulators, each of which is fed the same number of elements. If `ALL` there are
/// `N` accumulators; otherwise their number is chosen at run time, and is at most `N`.
#[derive(Clone, Copy, Debug)]
pub struct Accumulators<T: Copy, F: Fold<T>, const N: usize, const ALL: bool = true> {
    /// The states, of which the first `width` have been set.
    pub(crate) states: Lined<MaybeUninit<F::Planes<N>>>,
    /// The number of accumulators.
    width: usize,
    /// The number of elements that each accumulator has seen.
    pub(crate) filled: usize,
    /// The number of elements that each accumulator had seen when it was last settled.
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

    /// Sets the number of accumulators to `width`, but at most `N`, and each of their states to the
    /// state of no elements. Only the first `width` states are set, and they are set in place,
    /// because setting or moving all `N` states would cost time.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn widen(&mut self, width: usize) {
        let width = if width < N { width } else { N };
        for k in 0..width {
            // SAFETY: `k` is less than `width`, and so less than `N`, the number of states in
            // `states`.
            unsafe { Planes::write(&mut self.states.0, k, F::EMPTY) };
        }
        self.width = width;
    }
}

impl<T: Copy, F: Fold<T>, const N: usize, const ALL: bool> Accumulators<T, F, N, ALL> {
    /// The state of accumulator `k`.
    ///
    /// # Safety
    /// `k` is less than the number of accumulators.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) unsafe fn state(&self, k: usize) -> F::State {
        // SAFETY: the caller promises that accumulator `k` exists, and the states of all
        // accumulators are set when their number is set.
        unsafe { Planes::read(&self.states.0, k) }
    }

    /// Replaces the state of each accumulator `k` in the range `at` by `of(k, state)`. Indices in
    /// `at` that are not below the number of accumulators are ignored.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn change(&mut self, at: Range<usize>, of: impl Fn(usize, F::State) -> F::State) {
        let at = at.start..self.end(at.end);
        // SAFETY: `at.end` is at most the number of accumulators, and the states of all
        // accumulators are set when their number is set.
        unsafe { Planes::change(&mut self.states.0, at, of) };
    }

    /// The states of all `N` accumulators. If there are fewer than `N` accumulators, each of the
    /// `N` states is that of no elements.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn all(&self) -> F::Planes<N> {
        if self.end(N) < N {
            return F::Planes::splat(F::EMPTY);
        }
        // SAFETY: there are `N` accumulators, and the states of all accumulators are set when their
        // number is set.
        unsafe { self.states.0.assume_init() }
    }

    /// The smaller of `end` and the number of accumulators.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn end(&self, end: usize) -> usize {
        // If `ALL`, `width` is a constant, so that loops over the accumulators are unrolled.
        let width = if const { ALL } { N } else { self.width };
        if end < width { end } else { width }
    }

    /// Replaces the accumulators by `N` new ones, each of which has seen a leaf of `R` elements:
    /// `get(r, k)` is element `r` of accumulator `k`. The states are written in place. Moving them
    /// would load, as whole vectors, states that have just been stored piece by piece, and such
    /// loads wait for the stores. The waiting took a third of the time of a maximum over 256
    /// elements.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn begin<const R: usize>(&mut self, get: impl Fn(usize, usize) -> T) {
        self.states.0 = MaybeUninit::new(F::leaves::<R, N>(get));
        (self.width, self.filled, self.settled) = (N, R, R);
    }

    /// Feeds each accumulator in the range `at` a leaf: `get(r, k)` is element `r` of accumulator
    /// `k`. After all accumulators have been fed a leaf, [`leaf_is_fed`](Self::leaf_is_fed) must be
    /// called.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn feed_leaf_at(
        &mut self,
        at: Range<usize>,
        adder: Adder,
        get: impl Fn(usize, usize) -> T,
    ) {
        if const { F::SETTLES } {
            self.feed_segment_at(at, adder, get);
        } else {
            self.merge_at::<LEAF>(at, get);
        }
    }

    /// Merges each accumulator in the range `at` with a leaf of `R` elements: `get(r, k)` is
    /// element `r` of accumulator `k`.
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
    fn feed_segment_at(&mut self, at: Range<usize>, adder: Adder, get: impl Fn(usize, usize) -> T) {
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
                |state, elements: [T; LEAF]| F::fed(F::opened(state, elements), elements, adder),
            );
        } else {
            self.feed_open_at(at, adder, get);
        }
    }

    /// As [`feed_segment_at`](Self::feed_segment_at), if a segment is open.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn feed_open_at(&mut self, at: Range<usize>, adder: Adder, get: impl Fn(usize, usize) -> T) {
        self.each_at(
            at,
            get,
            #[cfg_attr(not(unoptimised), inline(always))]
            |state, elements: [T; LEAF]| F::fed(state, elements, adder),
        );
    }

    /// Whether [`feed_next`](Self::feed_next) may be called: whether a segment is open, or the fold
    /// does not take leaves in segments.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn has_next(&self) -> bool {
        !F::SETTLES || self.filled > self.settled
    }

    /// As [`feed_leaf_at`](Self::feed_leaf_at) for all accumulators, but only for a leaf that opens
    /// no segment, which takes less code.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn feed_next(&mut self, adder: Adder, get: impl Fn(usize, usize) -> T) {
        if const { F::SETTLES } {
            self.feed_open_at(0..N, adder, get);
        } else {
            self.merge_at::<LEAF>(0..N, get);
        }
    }

    /// Replaces the state of each accumulator in the range `at` by `change(state, elements)`, where
    /// `elements` are its next `R` elements: `get(r, k)` is element `r` of accumulator `k`.
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
    pub(crate) fn settle(&mut self, width: usize, adder: Adder) {
        if const { F::SETTLES } && self.filled > self.settled {
            let weights = F::weights(self.settled, self.filled - self.settled);
            self.change(
                0..width,
                #[cfg_attr(not(unoptimised), inline(always))]
                |_, state| F::settled(state, weights, adder),
            );
            self.settled = self.filled;
        }
    }

    /// Feeds each of the first `width` accumulators a leaf: `get(r, k)` is element `r` of
    /// accumulator `k`. `last` and the result are those of [`leaf_is_fed`](Self::leaf_is_fed).
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn feed_leaf(
        &mut self,
        width: usize,
        last: bool,
        adder: Adder,
        get: impl Fn(usize, usize) -> T,
    ) -> bool {
        self.feed_leaf_at(0..width, adder, get);
        self.leaf_is_fed(width, last, adder)
    }

    /// Counts a leaf that all accumulators have been fed, and settles the first `width`
    /// accumulators if the leaf ends a segment, or if it is the `last` leaf. A caller that does not
    /// know which leaf is the last passes `false`, and calls [`settle`](Self::settle) at the end.
    ///
    /// Returns whether the leaf finishes a block. If it does, the caller must add the states to the
    /// finished blocks, and empty the accumulators.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn leaf_is_fed(&mut self, width: usize, last: bool, adder: Adder) -> bool {
        let first = self.filled == 0;
        self.filled += LEAF;
        let whole = self.filled == BLOCK * LEAF;
        if const { F::SETTLES } {
            if first {
                self.settled = LEAF;
            }
            if whole | last | (self.filled - self.settled >= opens(self.settled)) {
                self.settle(width, adder);
            }
        }
        whole
    }

    /// After the last whole leaf, feeds each of the first `width` accumulators `rows` elements,
    /// fewer than a leaf, in pieces of 4 and then of 1: `get(r, k)` is element `r` of accumulator
    /// `k`.
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

    /// As [`feed_rest`](Self::feed_rest), for folds that settle: the elements are read in two
    /// passes. The caller has settled the accumulators before the call, and after it they are
    /// settled again.
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

    /// Returns the states, and resets the accumulators to the state of no elements.
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
    /// The state of a whole region: all accumulators are merged with each other, and then with
    /// `few`, the state of the last `rest` elements. `compensated` says whether the merges are
    /// compensated.
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
