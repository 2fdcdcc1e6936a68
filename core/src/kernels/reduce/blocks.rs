//! One region in several threads, with the feature `rayon`: blocks of its tree are tasks, and are
//! merged in pairs as those of one thread are.

use core::marker::PhantomData;

use crate::kernels::reduce::joined::Joined;
use crate::kernels::reduce::lane::CHUNK;
use crate::kernels::reduce::tree::{BLOCK_ALONG, Fold};
use crate::kernels::split::both;
use crate::kernels::walk::Axes;
use crate::read::{Lane, Source};
use crate::run::dispatch;
use crate::shape::Shape;

/// The elements of a region: lanes of `len`, at the places along `reduced` from the position of
/// `source` on.
pub(super) struct Entire<S, E> {
    pub(super) source: E,
    pub(super) reduced: Axes,
    pub(super) len: usize,
    pub(super) shape: PhantomData<fn() -> S>,
}
impl<S, E: Copy> Clone for Entire<S, E> {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn clone(&self) -> Self {
        *self
    }
}
impl<S, E: Copy> Copy for Entire<S, E> {}

/// Whether a region of an array of `S` may have blocks for two threads; for most shapes the types
/// tell that it has not.
pub(super) const fn may_split<S: Shape>() -> bool {
    match S::STATIC_LEN {
        Some(len) => splits(len),
        None => true,
    }
}
/// Whether a region of so many elements has blocks for two threads.
pub(super) const fn splits(count: usize) -> bool {
    count >= 2 * BLOCK_ALONG
}

impl<S: Shape, E: Source> Entire<S, E> {
    /// Folds `count` elements, all that there are.
    ///
    /// # Safety
    /// The source is at a position of `S`, which the region's places are too.
    // Not inlined: every level's function would have a copy of its own.
    #[inline(never)]
    pub(super) unsafe fn fold<U: Copy, F: Fold<U>, const L: usize, const EXPENSIVE: bool>(
        self,
        count: usize,
        map: &(impl Fn(E::Elem) -> U + Sync),
    ) -> F::State {
        let whole = count / BLOCK_ALONG;
        let fed = whole * BLOCK_ALONG;
        // SAFETY: the caller's promise; these elements are below `count`.
        let mut all = unsafe { self.fed::<U, F, L, EXPENSIVE>(fed, count - fed, map) };
        for level in (0..L).rev() {
            if whole >> level & 1 == 1 {
                let first = whole >> level >> 1 << 1 << level;
                // SAFETY: the caller's promise; these blocks are below `whole`.
                let state = unsafe { self.blocks::<U, F, L, EXPENSIVE>(first, 1 << level, map) };
                all.blocks.set(level, state);
            }
        }
        all.finish(count)
    }

    /// The state of `count` blocks from block `first` on, a power of 2.
    ///
    /// # Safety
    /// As for [`fold`](Self::fold), and there are so many.
    #[inline(never)]
    unsafe fn blocks<U: Copy, F: Fold<U>, const L: usize, const EXPENSIVE: bool>(
        self,
        first: usize,
        count: usize,
        map: &(impl Fn(E::Elem) -> U + Sync),
    ) -> F::State {
        if count == 1 {
            // SAFETY: the caller's promise.
            return unsafe {
                self.fed::<U, F, L, EXPENSIVE>(first * BLOCK_ALONG, BLOCK_ALONG, map)
            }
            .block();
        }
        let half = count / 2;
        let (mut a, mut b) = (F::EMPTY, F::EMPTY);
        let (to_a, to_b) = (&mut a, &mut b);
        both(
            // SAFETY: the caller's promise, of a half.
            &mut move || *to_a = unsafe { self.blocks::<U, F, L, EXPENSIVE>(first, half, map) },
            // SAFETY: as above.
            &mut move || {
                *to_b = unsafe { self.blocks::<U, F, L, EXPENSIVE>(first + half, half, map) }
            },
        );
        F::merge::<true>(a, b, F::weights(half * BLOCK_ALONG, half * BLOCK_ALONG))
    }

    /// What has been fed `count` elements from number `from` on.
    ///
    /// # Safety
    /// As for [`fold`](Self::fold), and there are so many.
    #[inline(never)]
    unsafe fn fed<U: Copy, F: Fold<U>, const L: usize, const EXPENSIVE: bool>(
        self,
        from: usize,
        count: usize,
        map: &(impl Fn(E::Elem) -> U + Sync),
    ) -> Joined<U, F, L> {
        dispatch::run(
            #[cfg_attr(not(unoptimised), inline(always))]
            || {
                let Self { mut source, mut reduced, len, .. } = self;
                reduced.skip(&mut source, from / len);
                let (mut start, mut left) = (from % len, count);
                // Of this function alone: what it is fed is known not to lie in it.
                let mut to = Joined::new();
                while left > 0 {
                    let here = left.min(len - start);
                    // SAFETY: the caller's promise; the walk visits positions of `S`.
                    let lane = unsafe { source.lane::<S>() };
                    to.feed::<E, EXPENSIVE>(
                        here,
                        #[cfg_attr(not(unoptimised), inline(always))]
                        // SAFETY: `start + j` is below the length of the lane. Not by the
                        // reference: a call of that is std's.
                        |j| (*map)(unsafe { lane.get::<S>(start + j) }),
                        #[cfg_attr(not(unoptimised), inline(always))]
                        |j| lane.prefetch::<S>(start + j, CHUNK),
                    );
                    (start, left) = (0, left - here);
                    reduced.next(&mut source);
                }
                to
            },
        )
    }
}
