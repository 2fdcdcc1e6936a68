//! Folding a region whose elements come in pieces: those of several lanes, or expensive ones, which
//! are computed into a buffer.
//!
//! The accumulators are fed a chunk at a time, a leaf each. A chunk may begin in one lane and end
//! in another:
//!
//! 1. While the buffer is empty and a whole chunk is left of the lane, the chunk is fed from where
//!    it is, unless its elements are expensive or the fold settles its accumulators.
//! 2. Other elements are copied to the buffer, which is fed once it holds a chunk.
//! 3. At the end of the region, the elements in the buffer are the rest after the last whole leaf.

use core::mem::MaybeUninit;

use crate::kernels::reduce::lane::{CHUNK, finish};
use crate::kernels::reduce::tree::accumulators::Accumulators;
use crate::kernels::reduce::tree::counter::Blocks;
use crate::kernels::reduce::tree::{Fold, LANES};
use crate::read::Source;
use crate::run::level::is_expensive;
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

    /// Feeds each accumulator a leaf, of the chunk `get(0), .., get(CHUNK - 1)`.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn feed_leaf(
        lanes: &mut Accumulators<U, F, LANES>,
        blocks: &mut Blocks<U, F, L>,
        get: impl Fn(usize) -> U,
    ) {
        let finished = lanes.feed_leaf(
            LANES,
            false,
            #[cfg_attr(not(unoptimised), inline(always))]
            |r, k| get(r * LANES + k),
        );
        if L > 0 && finished {
            blocks.push_joined(lanes.all());
            *lanes = Accumulators::new();
        }
    }

    /// Feeds the next `len` elements, `get(0), .., get(len - 1)`. `ahead` is called with the index
    /// at which each chunk begins, to prefetch.
    ///
    /// All elements go through the buffer if they are `EXPENSIVE`, or those of `E` are. So they do
    /// if the fold settles its accumulators: that is much code to compile for each call that feeds
    /// them, and this way there is one.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(super) fn feed<E: Source, const EXPENSIVE: bool>(
        &mut self,
        len: usize,
        get: impl Fn(usize) -> U,
        ahead: impl Fn(usize),
    ) {
        let mut j = 0;
        while j < len {
            if const { !EXPENSIVE && !is_expensive(E::WEIGHT) && !F::SETTLES }
                && self.held == 0
                && len - j >= CHUNK
            {
                ahead(j);
                Self::feed_leaf(
                    &mut self.lanes,
                    &mut self.blocks,
                    #[cfg_attr(not(unoptimised), inline(always))]
                    |i| get(j + i),
                );
                j += CHUNK;
                continue;
            }
            let taken = (CHUNK - self.held).min(len - j);
            if const { !EXPENSIVE && !is_expensive(E::WEIGHT) && F::SETTLES } && taken == CHUNK {
                ahead(j);
            }
            // SAFETY: `held` is below `CHUNK`, and `taken` is at most `CHUNK - held`.
            let room = unsafe { self.buffer.0.get_unchecked_mut(self.held..self.held + taken) };
            for (i, slot) in room.iter_mut().enumerate() {
                slot.write(get(j + i));
            }
            self.held += taken;
            j += taken;
            if self.held == CHUNK {
                let buffer = &self.buffer.0;
                Self::feed_leaf(
                    &mut self.lanes,
                    &mut self.blocks,
                    #[cfg_attr(not(unoptimised), inline(always))]
                    // SAFETY: the buffer is full.
                    |i| unsafe { buffer[i].assume_init() },
                );
                self.held = 0;
            }
        }
    }

    /// The state of `count` expensive elements, `get(0), .., get(count - 1)`.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(super) fn of<E: Source>(
        count: usize,
        get: impl Fn(usize) -> U,
        ahead: impl Fn(usize),
    ) -> F::State {
        let mut all = Self::new();
        all.feed::<E, true>(count, get, ahead);
        all.finish(count)
    }

    /// The state of all elements that have been fed, `count` of them.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(super) fn finish(&mut self, count: usize) -> F::State {
        // SAFETY: only elements below `held` are read, which is at most the length of the buffer,
        // and `feed` has written those. If `count` is below `CHUNK`, it is `held`.
        let get = |i: usize| unsafe { self.buffer.0.get_unchecked(i).assume_init() };
        if count < CHUNK {
            return F::short(count, get);
        }
        finish::<U, F, L>(&mut self.lanes, &self.blocks, self.held, count, get)
    }

    /// The state of the elements that have been fed, which are one whole block.
    #[cfg(feature = "rayon")]
    pub(super) fn block(&self) -> F::State {
        self.blocks.first()
    }
}
