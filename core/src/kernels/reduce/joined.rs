//! The elements of a region that come piece by piece: of several lanes, or dear ones. A leaf of
//! every accumulator may begin in one piece and end in another: those that do are put together in a
//! buffer.

use core::mem::MaybeUninit;

use crate::kernels::reduce::lane::{CHUNK, finish};
use crate::kernels::reduce::tree::accumulators::Accumulators;
use crate::kernels::reduce::tree::counter::Blocks;
use crate::kernels::reduce::tree::{Fold, LANES};
use crate::read::Source;
use crate::run::level::is_expensive;
use crate::run::lined::Lined;

/// A region under way.
#[derive(Clone, Copy)]
pub(super) struct Joined<U: Copy, F: Fold<U>, const L: usize> {
    lanes: Accumulators<U, F, LANES>,
    pub(super) blocks: Blocks<U, F, L>,
    buffer: Lined<[MaybeUninit<U>; CHUNK]>,
    /// How many elements are in the buffer.
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

    /// Feeds the next `len` elements. `ahead` is told where each chunk begins. If they, or those of
    /// `E`, are `EXPENSIVE`, all are put together in the buffer; and if accumulators are settled, as
    /// there is much to compile for each place where they are fed.
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
            // SAFETY: so much room is left, as fewer than a chunk are held.
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

    /// The state of `count` dear elements.
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

    /// The state of all elements, `count` of them.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(super) fn finish(&mut self, count: usize) -> F::State {
        // SAFETY: `finish` takes the elements below `held`, which is at most the length of the
        // buffer, and `feed` has written those.
        let get = |i: usize| unsafe { self.buffer.0.get_unchecked(i).assume_init() };
        if count < CHUNK {
            return F::short(count, get);
        }
        finish::<U, F, L>(&mut self.lanes, &self.blocks, self.held, count, get)
    }

    /// The state of the block that it has been fed, and nothing more.
    #[cfg(feature = "rayon")]
    pub(super) fn block(&self) -> F::State {
        self.blocks.first()
    }
}
