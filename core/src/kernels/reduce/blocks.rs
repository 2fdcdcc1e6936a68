//! One region in several threads, with the feature `rayon`: blocks of its tree are tasks, and are
//! merged in pairs as a single thread would merge them. So the bits are the same.
//!
//! A region is split from two blocks on, 524,288 elements:
//!
//! 1. The elements after the last whole block are fed to accumulators by the calling thread.
//! 2. The number of whole blocks is a sum of powers of 2, the digits that
//!    [`Blocks`](crate::kernels::reduce::tree::counter::Blocks) would count.
//! 3. The blocks of each digit are halved into two tasks, recursively, down to single blocks, and
//!    the states of the halves are merged.
//! 4. The state of step 1 is merged with the digits as in one thread.

use core::marker::PhantomData;

use crate::kernels::reduce::joined::Joined;
use crate::kernels::reduce::lane::CHUNK;
use crate::kernels::reduce::tree::{BLOCK_ALONG, Fold};
use crate::kernels::split::both;
use crate::kernels::walk::Axes;
use crate::read::{Lane, Source};
use crate::run::dispatch;
use crate::shape::Shape;

/// The elements of a region: lanes of `len` elements, at each index of the axes `reduced`, from the
/// position of `source` on.
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

/// Whether a region of an array of shape `S` may have blocks for two threads; for most static
/// shapes the types rule that out.
pub(super) const fn may_split<S: Shape>() -> bool {
    match S::STATIC_LEN {
        Some(len) => splits(len),
        None => true,
    }
}
/// Whether a region of `count` elements has blocks for two threads.
pub(super) const fn splits(count: usize) -> bool {
    count >= 2 * BLOCK_ALONG
}

impl<S: Shape, E: Source> Entire<S, E> {
    /// Folds all elements of the region, `count` of them.
    ///
    /// # Safety
    /// The source is at a position of `S`, and so are all lanes of the region.
    // Not inlined: the function of every level would have a copy.
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

    /// The state of `count` blocks, a power of 2, from block `first` on.
    ///
    /// # Safety
    /// As for [`fold`](Self::fold), and the region has these blocks.
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
        let (to_a, to_b, second) = (&mut a, &mut b, first + half);
        both(
            // SAFETY: the caller's promise; these blocks are the first half of those.
            &mut move || *to_a = unsafe { self.blocks::<U, F, L, EXPENSIVE>(first, half, map) },
            // SAFETY: the caller's promise; these blocks are the second half of those.
            &mut move || *to_b = unsafe { self.blocks::<U, F, L, EXPENSIVE>(second, half, map) },
        );
        F::merge::<true>(a, b, F::weights(half * BLOCK_ALONG, half * BLOCK_ALONG))
    }

    /// The accumulators and blocks after `count` elements from index `from` on have been fed.
    ///
    /// # Safety
    /// As for [`fold`](Self::fold), and the region has these elements.
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
                // A local variable, so that the compiler knows that no element lies in it.
                let mut to = Joined::new();
                while left > 0 {
                    let here = left.min(len - start);
                    // SAFETY: the caller's promise; the walk visits positions of `S`.
                    let lane = unsafe { source.lane::<S>() };
                    to.feed::<E, EXPENSIVE>(
                        here,
                        #[cfg_attr(not(unoptimised), inline(always))]
                        // SAFETY: `start + j` is below the length of the lane. `map` is
                        // dereferenced, as a call through the reference is a function of std,
                        // which is not sure to be inlined.
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
