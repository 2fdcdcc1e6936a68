//! Folding one region in several threads, with the feature `rayon`. The blocks of the region are
//! tasks, and their states are merged in the same pairs as in a single thread, so that the bits are
//! the same.
//!
//! A region of at least two blocks, that is, of at least 524,288 elements, is split:
//!
//! 1. The elements after the last whole block are fed to accumulators by the calling thread.
//! 2. The whole blocks are divided into groups, which are the digits of
//!    [`Blocks`](crate::kernels::reduce::tree::counter::Blocks): the number of blocks is a sum of
//!    different powers of 2, and each of these powers is the number of blocks of one digit.
//! 3. The blocks of each digit are split into two halves, which are two tasks. Each task does the
//!    same again, down to single blocks, and then the states of the two halves are merged.
//! 4. The state of step 1 is merged with the states of the digits, as in one thread.

use core::marker::PhantomData;

use crate::kernels::reduce::joined::Joined;
use crate::kernels::reduce::lane::CHUNK;
use crate::kernels::reduce::tree::{BLOCK_ALONG, Fold};
use crate::kernels::split::both;
use crate::kernels::walk::Axes;
use crate::read::{Lane, Source};
use crate::run::dispatch;
use crate::shape::Shape;

/// The elements of a region: a lane of `len` elements at each index along the axes `reduced`. The
/// first of these lanes is at the position of `source`.
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

/// Whether a region of an array of shape `S` may have enough blocks for two threads. Most static
/// shapes have too few elements, so that code for several threads is not compiled for them.
pub(super) const fn may_split<S: Shape>() -> bool {
    match S::STATIC_LEN {
        Some(len) => splits(len),
        None => true,
    }
}
/// Whether a region of `count` elements has enough blocks for two threads.
pub(super) const fn splits(count: usize) -> bool {
    count >= 2 * BLOCK_ALONG
}

impl<S: Shape, E: Source> Entire<S, E> {
    /// Folds all elements of the region. `count` is their number.
    ///
    /// # Safety
    /// The position of the source is an index of `S`, and so is the position of each lane of the
    /// region. The region has `count` elements.
    // Not inlined, because otherwise the function of each SIMD level would have a copy.
    #[inline(never)]
    pub(super) unsafe fn fold<U: Copy, F: Fold<U>, const L: usize, const EXPENSIVE: bool>(
        self,
        count: usize,
        map: &(impl Fn(E::Elem) -> U + Sync),
    ) -> F::State {
        let whole = count / BLOCK_ALONG;
        let fed = whole * BLOCK_ALONG;
        // SAFETY: the caller keeps this function's contract, and `fed + (count - fed)` is `count`.
        let mut all = unsafe { self.fed::<U, F, L, EXPENSIVE>(fed, count - fed, map) };
        for level in (0..L).rev() {
            if whole >> level & 1 == 1 {
                let first = whole >> level >> 1 << 1 << level;
                // SAFETY: the caller keeps this function's contract, so the region has `whole`
                // whole blocks. `first` is `whole` with zeros in bit `level` and in the bits below.
                // Bit `level` of `whole` is 1, so `first + (1 << level)` is at most `whole`.
                let state = unsafe { self.blocks::<U, F, L, EXPENSIVE>(first, 1 << level, map) };
                all.blocks.set(level, state);
            }
        }
        all.finish(count)
    }

    /// The state of `count` blocks, from block `first` on. `count` is a power of 2.
    ///
    /// # Safety
    /// The position of the source is an index of `S`, and so is the position of each lane of the
    /// region. The region has at least `first + count` blocks.
    #[inline(never)]
    unsafe fn blocks<U: Copy, F: Fold<U>, const L: usize, const EXPENSIVE: bool>(
        self,
        first: usize,
        count: usize,
        map: &(impl Fn(E::Elem) -> U + Sync),
    ) -> F::State {
        if count == 1 {
            // SAFETY: the caller keeps this function's contract, and `count` is 1, so the region
            // has the block `first`.
            return unsafe {
                self.fed::<U, F, L, EXPENSIVE>(first * BLOCK_ALONG, BLOCK_ALONG, map)
            }
            .block();
        }
        let half = count / 2;
        let (mut a, mut b) = (F::EMPTY, F::EMPTY);
        let (to_a, to_b, second) = (&mut a, &mut b, first + half);
        both(
            // SAFETY: the caller keeps this function's contract, and `first + half` is at most
            // `first + count`.
            &mut move || *to_a = unsafe { self.blocks::<U, F, L, EXPENSIVE>(first, half, map) },
            // SAFETY: the caller keeps this function's contract, and `second + half` is
            // `first + count`.
            &mut move || *to_b = unsafe { self.blocks::<U, F, L, EXPENSIVE>(second, half, map) },
        );
        F::merge::<true>(a, b, F::weights(half * BLOCK_ALONG, half * BLOCK_ALONG))
    }

    /// Feeds new accumulators the `count` elements of the region from element `from` on, and
    /// returns the accumulators and their blocks.
    ///
    /// # Safety
    /// The position of the source is an index of `S`, and so is the position of each lane of the
    /// region. The region has at least `from + count` elements.
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
                // A local variable, so that the compiler knows that writes to it change no element.
                let mut to = Joined::new();
                while left > 0 {
                    let here = left.min(len - start);
                    // SAFETY: the walk along `reduced` visits the lanes of the region, and the
                    // caller promises that these are at indices of `S`.
                    let lane = unsafe { source.lane::<S>() };
                    to.feed::<E, EXPENSIVE>(
                        here,
                        #[cfg_attr(not(unoptimised), inline(always))]
                        // `(*map)(..)`, because `map(..)` would call a function of std for
                        // references, which is not sure to be inlined.
                        //
                        // SAFETY: `j` is less than `here`, so `start + j` is less than `len`, the
                        // length of the lane.
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
