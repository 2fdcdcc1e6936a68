//! Folding a region of several lanes, or of expensive elements, which are computed into a buffer.
//!
//! The accumulators are fed a chunk of 256 elements at a time, which is a leaf for each of the 16
//! accumulators. A chunk may begin in one lane and end in another:
//!
//! 1. While the buffer is empty and a whole chunk of the lane is left, the chunk is fed straight
//!    from the lane, unless its elements are expensive or it opens a segment.
//! 2. Other elements are copied to the buffer. Once the buffer holds a whole chunk, the
//!    accumulators are fed from it.
//! 3. At the end of the region, the buffer holds the elements after the last whole chunk.

use core::mem::MaybeUninit;

use crate::kernels::reduce::lane::{CHUNK, finish};
use crate::kernels::reduce::tree::accumulators::Accumulators;
use crate::kernels::reduce::tree::counter::Blocks;
use crate::kernels::reduce::tree::{Fold, LANES};
use crate::read::Source;
use crate::run::adder::Adder;
use crate::run::level::{HAS_VECTORS, is_expensive};
use crate::run::lined::Lined;

/// A region that is being folded, piece by piece.
#[derive(Clone, Copy)]
pub(super) struct Joined<U: Copy, F: Fold<U>, const L: usize> {
    lanes: Accumulators<U, F, LANES>,
    pub(super) blocks: Blocks<U, F, L>,
    buffer: Lined<[MaybeUninit<U>; CHUNK]>,
    /// The number of elements in the buffer.
    held: usize,
}
impl<U: Copy, F: Fold<U>, const L: usize> Joined<U, F, L> {
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(super) fn new() -> Self {
        Self {
            lanes: Accumulators::new(),
            blocks: Blocks::of(LANES, 1),
            buffer: Lined([const { MaybeUninit::uninit() }; CHUNK]),
            held: 0,
        }
    }

    /// Feeds the next `len` elements, `get(0), .., get(len - 1)`. For each chunk that lies within
    /// them, `ahead` is called with the index at which the chunk begins, to prefetch the memory
    /// after the chunk. For expensive elements it is not called.
    ///
    /// A chunk is fed straight from `get` if the buffer is empty and the chunk opens no segment. All
    /// elements go through the buffer if `get` is `EXPENSIVE`, or if the elements of `E` are
    /// expensive.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(super) fn feed<E: Source, const EXPENSIVE: bool>(
        &mut self,
        len: usize,
        get: impl Fn(usize) -> U,
        ahead: impl Fn(usize),
    ) {
        let mut j = 0;
        while j < len {
            let taken = (CHUNK - self.held).min(len - j);
            if const { !EXPENSIVE && !is_expensive(E::WEIGHT) } && taken == CHUNK {
                ahead(j);
            }
            if const { !EXPENSIVE && !is_expensive(E::WEIGHT) && (HAS_VECTORS || !F::SETTLES) }
                && taken == CHUNK
                && self.lanes.has_next()
            {
                self.lanes.feed_next(
                    Adder::PLAIN,
                    #[cfg_attr(not(unoptimised), inline(always))]
                    |r, k| get(j + r * LANES + k),
                );
                j += CHUNK;
            } else {
                // SAFETY: `held + taken` is at most `CHUNK`, the length of the buffer.
                let room = unsafe { self.buffer.0.get_unchecked_mut(self.held..self.held + taken) };
                for (i, slot) in room.iter_mut().enumerate() {
                    slot.write(get(j + i));
                }
                self.held += taken;
                j += taken;
                if self.held < CHUNK {
                    continue;
                }
                self.held = 0;
                let buffer = &self.buffer.0;
                self.lanes.feed_leaf_at(
                    0..LANES,
                    Adder::PLAIN,
                    #[cfg_attr(not(unoptimised), inline(always))]
                    // SAFETY: `held` was `CHUNK`, so all elements of the buffer have been written.
                    |r, k| unsafe { buffer[r * LANES + k].assume_init() },
                );
            }
            if self.lanes.leaf_is_fed(LANES, false, Adder::PLAIN) && L > 0 {
                self.blocks.push_joined(self.lanes.all());
                self.lanes = Accumulators::new();
            }
        }
    }

    /// Folds `count` expensive elements, `get(0), .., get(count - 1)`.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(super) fn of<E: Source>(count: usize, get: impl Fn(usize) -> U) -> F::State {
        let mut all = Self::new();
        all.feed::<E, true>(
            count,
            get,
            #[cfg_attr(not(unoptimised), inline(always))]
            |_| {},
        );
        all.finish(count)
    }

    /// The state of all elements that have been fed. `count` is their number.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(super) fn finish(&mut self, count: usize) -> F::State {
        // SAFETY: `get` is only called for `i` below `held`, and `feed` has written these elements
        // of the buffer. (If `count` is less than `CHUNK`, then `held` is `count`.)
        let get = |i: usize| unsafe { self.buffer.0.get_unchecked(i).assume_init() };
        if count < CHUNK {
            return F::short(count, get);
        }
        finish::<U, F, L>(&mut self.lanes, &self.blocks, self.held, count, get)
    }

    /// The state of the elements that have been fed, if they are exactly one block.
    #[cfg(feature = "rayon")]
    pub(super) fn block(&self) -> F::State {
        self.blocks.first()
    }
}
