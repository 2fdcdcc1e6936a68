//! Folding along lanes: one region that is a lane, or a group of neighbouring regions whose lanes
//! alternate in memory.
//!
//! Folds compute so much between reads that the processor does not look far ahead by itself. So
//! every other cache line is prefetched, 2 KiB ahead of each chunk, into the second-level cache
//! ([`prefetch`](crate::run::prefetch)). Prefetching every line into the first-level cache was best
//! on Zen 3, but halved the speed on Zen 4.
//!
//! Expensive elements, such as exponentials, are first computed into a buffer, a chunk at a time: a
//! loop that computes whole leaves of them would be too long to be unrolled, and would then not be
//! vectorised. The buffer brought `x.exp().sum()` from 9.1 ms to 1.7 ms.

use core::marker::PhantomData;

#[cfg(feature = "rayon")]
use super::blocks::{Entire, may_split, splits};
use crate::kernels::reduce::elements::Elements;
use crate::kernels::reduce::joined::Joined;
use crate::kernels::reduce::lane::{CHUNK, first_in, fold_lane};
use crate::kernels::reduce::statistic::{Columns, Region};
use crate::kernels::reduce::tree::accumulators::Accumulators;
use crate::kernels::reduce::tree::counter::{LEVELS, is_below_a_block};
use crate::kernels::reduce::tree::{Fold, Planes};
use crate::kernels::walk::Axes;
use crate::read::{Lane, Source};
use crate::run::level::is_expensive;
use crate::shape::{Shape, lane_len};

/// One region that is the lane at the position of `source`, which is an index of `S` unless the
/// lane is empty.
pub(crate) struct LaneRegion<S, E> {
    pub(crate) source: E,
    /// The number of elements of the region, which is the length of the lane.
    pub(crate) count: usize,
    pub(crate) shape: PhantomData<S>,
}
impl<S, E: Copy> Clone for LaneRegion<S, E> {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn clone(&self) -> Self {
        *self
    }
}
impl<S, E: Copy> Copy for LaneRegion<S, E> {}
impl<S: Shape, E: Source> Elements<E::Elem> for LaneRegion<S, E> {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn count(&self) -> usize {
        self.count
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn visit(&mut self, mut to: impl FnMut(usize, E::Elem)) {
        for j in 0..self.count {
            // SAFETY: `source` is at an index of `S`, and `j` is less than `count`, the length of
            // the lane.
            to(0, unsafe { self.source.lane::<S>().get::<S>(j) });
        }
    }
}
impl<S: Shape, E: Source> Region<E::Elem> for LaneRegion<S, E> {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn fold_by<U: Copy, F: Fold<U>, const EXPENSIVE: bool>(
        &mut self,
        map: impl Fn(E::Elem) -> U + Sync,
    ) -> F::State {
        if self.count == 0 {
            return F::EMPTY;
        }
        #[cfg(feature = "rayon")]
        if const { may_split::<S>() } && splits(self.count) {
            let (source, reduced, len) = (self.source, Axes::NONE, self.count);
            let all = Entire::<S, E> { source, reduced, len, shape: PhantomData };
            // SAFETY: `source` is at an index of `S`, and the region is one lane, of `count`
            // elements.
            return unsafe { all.fold::<U, F, LEVELS, EXPENSIVE>(self.count, &map) };
        }
        // SAFETY: `source` is at an index of `S`, and `count`, the length of the lane, is not 0.
        let lane = unsafe { self.source.lane::<S>() };
        // SAFETY: the fold calls `get` only for `j` below `count`, the length of the lane.
        let get = |j| map(unsafe { lane.get::<S>(j) });
        let ahead = |j| lane.prefetch::<S>(j, CHUNK);
        if const { EXPENSIVE || is_expensive(E::WEIGHT) } {
            return if const { is_below_a_block::<S>() } {
                Joined::<U, F, 0>::of::<E>(self.count, get)
            } else {
                Joined::<U, F, LEVELS>::of::<E>(self.count, get)
            };
        }
        if const { 0 < lane_len::<S>() && lane_len::<S>() < CHUNK } {
            F::short(const { lane_len::<S>() }, get)
        } else if const { is_below_a_block::<S>() } {
            fold_lane::<U, F, 0>(self.count, get, ahead)
        } else {
            fold_lane::<U, F, LEVELS>(self.count, get, ahead)
        }
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn first(&mut self, wanted: impl Fn(E::Elem) -> bool) -> usize {
        if self.count == 0 {
            return 0;
        }
        // SAFETY: `source` is at an index of `S`, and `count`, the length of the lane, is not 0.
        let lane = unsafe { self.source.lane::<S>() };
        // SAFETY: `first_in` only passes `j` below `count`, the length of the lane.
        first_in(
            self.count,
            #[cfg_attr(not(unoptimised), inline(always))]
            |j| wanted(unsafe { lane.get::<S>(j) }),
        )
    }
}

/// At most `N` regions that are neighbours along a kept axis. They are folded together, because
/// that axis may be inside a reduced axis: then reading one lane of each region in turn goes
/// through memory in sequence. An example is `(n, c, h, w)` with c kept and all other axes reduced.
pub(crate) struct Group<S, E, const N: usize> {
    pub(crate) source: E,
    pub(crate) reduced: Axes,
    /// The axis along which the regions are neighbours.
    pub(crate) axis: usize,
    /// The number of regions.
    pub(crate) width: usize,
    /// The length of a lane.
    pub(crate) len: usize,
    /// The number of elements of each region.
    pub(crate) count: usize,
    pub(crate) shape: PhantomData<S>,
}
impl<S, E: Copy, const N: usize> Clone for Group<S, E, N> {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn clone(&self) -> Self {
        *self
    }
}
impl<S, E: Copy, const N: usize> Copy for Group<S, E, N> {}
impl<S: Shape, E: Source, const N: usize> Elements<E::Elem> for Group<S, E, N> {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn count(&self) -> usize {
        self.count
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn visit(&mut self, mut to: impl FnMut(usize, E::Elem)) {
        let mut left = self.count;
        while left > 0 {
            for g in 0..self.width {
                for j in 0..self.len {
                    // SAFETY: `left` is not 0, so no reduced axis has length 0, and the walk visits
                    // only indices of `S`. `j` is less than `len`, the length of the lane.
                    to(g, unsafe { self.source.lane::<S>().get::<S>(j) });
                }
                self.source.step(self.axis, 1);
            }
            self.source.step(self.axis, -(self.width as isize));
            left -= self.len;
            self.reduced.next(&mut self.source);
        }
    }
}
impl<S: Shape, E: Source, const N: usize> Columns<E::Elem, N> for Group<S, E, N> {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn width(&self) -> usize {
        self.width
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn fold_to<U: Copy, F: Fold<U>, const EXPENSIVE: bool>(
        &mut self,
        to: &mut Accumulators<U, F, N, false>,
        map: impl Fn(usize, E::Elem) -> U + Sync,
    ) {
        to.set_all(if const { is_below_a_block::<S>() } {
            self.fold_in::<U, F, 0, EXPENSIVE>(map)
        } else {
            self.fold_in::<U, F, LEVELS, EXPENSIVE>(map)
        });
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn first(
        &mut self,
        wanted: impl Fn(usize, E::Elem) -> bool,
        mut give: impl FnMut(usize, usize),
    ) {
        let mut places = [self.count; N];
        let mut before = 0;
        while before < self.count {
            for (g, place) in places.iter_mut().enumerate().take(self.width) {
                if *place == self.count {
                    // SAFETY: `count` is not 0, so no reduced axis has length 0, and the walk
                    // visits only indices of `S`.
                    let lane = unsafe { self.source.lane::<S>() };
                    // SAFETY: `first_in` only passes `j` below `len`, the length of the lane.
                    let j = first_in(
                        self.len,
                        #[cfg_attr(not(unoptimised), inline(always))]
                        |j| wanted(g, unsafe { lane.get::<S>(j) }),
                    );
                    *place = if j < self.len { before + j } else { self.count };
                }
                self.source.step(self.axis, 1);
            }
            self.source.step(self.axis, -(self.width as isize));
            before += self.len;
            self.reduced.next(&mut self.source);
        }
        for (g, &place) in places.iter().enumerate().take(self.width) {
            give(g, place);
        }
    }
}
impl<S: Shape, E: Source, const N: usize> Group<S, E, N> {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn fold_in<U: Copy, F: Fold<U>, const L: usize, const EXPENSIVE: bool>(
        &mut self,
        map: impl Fn(usize, E::Elem) -> U + Sync,
    ) -> F::Planes<N> {
        let mut states = F::Planes::splat(F::EMPTY);
        if self.count == 0 {
            return states;
        }
        #[cfg(feature = "rayon")]
        if const { N == 1 && may_split::<S>() } && splits(self.count) {
            let (source, reduced, len) = (self.source, self.reduced, self.len);
            let all = Entire::<S, E> { source, reduced, len, shape: PhantomData };
            // SAFETY: `source` is at the first index of the region in `S`, and the walk along
            // `reduced` visits only indices of `S`.
            states.set(0, unsafe { all.fold::<U, F, L, EXPENSIVE>(self.count, &|x| map(0, x)) });
            return states;
        }
        let mut regions = [Joined::<U, F, L>::new(); N];
        loop {
            for (g, region) in regions.iter_mut().enumerate().take(self.width) {
                // SAFETY: `count` is not 0, so no reduced axis has length 0, and the walk visits
                // only indices of `S`.
                let lane = unsafe { self.source.lane::<S>() };
                // SAFETY: `feed` only passes `j` below `len`, the length of the lane.
                region.feed::<E, EXPENSIVE>(
                    self.len,
                    #[cfg_attr(not(unoptimised), inline(always))]
                    |j| map(g, unsafe { lane.get::<S>(j) }),
                    #[cfg_attr(not(unoptimised), inline(always))]
                    |j| lane.prefetch::<S>(j, CHUNK),
                );
                self.source.step(self.axis, 1);
            }
            self.source.step(self.axis, -(self.width as isize));
            if !self.reduced.next(&mut self.source) {
                break;
            }
        }
        for (g, region) in regions.iter_mut().enumerate().take(self.width) {
            states.set(g, region.finish(self.count));
        }
        states
    }
}
