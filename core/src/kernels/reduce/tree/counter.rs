//! The finished blocks of a tree: they are merged in pairs, as a binary counter adds a carry.
//!
//! 1. The state of a digit k that is set is that of 2^k blocks.
//! 2. A finished block is merged with digit 0, if that is set, the result with digit 1, if that is
//!    set, and so on. The earlier blocks come first in each merge, and the digits become free.
//! 3. The state that is left is stored as the first digit that was not set.
//! 4. At the end the state of the elements after the last whole block is merged with all digits
//!    that are set, from the lowest to the highest.

use core::mem::MaybeUninit;

use crate::kernels::reduce::tree::{BLOCK, Fold, LANES, LEAF, Planes};
use crate::shape::Shape;

/// The number of digits that count the blocks of any shape: as many as memory can hold.
pub(crate) const LEVELS: usize = if usize::BITS > 32 { 34 } else { 19 };

/// The number of digits that count the blocks of an accumulator that sees `len` elements.
pub(crate) const fn levels(len: usize) -> usize {
    (usize::BITS - (len / (BLOCK * LEAF)).leading_zeros()) as usize
}
/// Whether the types tell that no accumulator of an array of shape `S` fills a block.
pub(crate) const fn is_below_a_block<S: Shape>() -> bool {
    matches!(S::STATIC_LEN, Some(len) if levels(len) == 0)
}

/// The counter of the finished blocks of neighbours. It has room for `L` states: a digit takes one
/// for each neighbour. They are visited by iterators, so that no panic is left in the code.
#[derive(Clone, Copy)]
pub(crate) struct Blocks<T: Copy, F: Fold<T>, const L: usize> {
    /// The number of blocks; its bits say which digits are set.
    count: usize,
    /// The number of elements of a block of one neighbour.
    each: usize,
    /// The number of neighbours, which is the number of states of a digit.
    width: usize,
    digits: [MaybeUninit<F::State>; L],
}

impl<T: Copy, F: Fold<T>, const L: usize> Blocks<T, F, L> {
    /// A counter of the blocks of `width` neighbours, which have `accumulators` accumulators each.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn of(accumulators: usize, width: usize) -> Self {
        Self {
            count: 0,
            each: accumulators * BLOCK * LEAF,
            width,
            digits: [const { MaybeUninit::uninit() }; L],
        }
    }

    /// Adds a finished block.
    #[cold]
    #[inline(never)]
    pub(crate) fn push<const N: usize>(&mut self, mut block: MaybeUninit<F::Planes<N>>) {
        let (mut level, mut at) = (0, 0);
        while self.count >> level & 1 == 1 {
            let each = self.each << level;
            let weights = F::weights(each, each);
            // SAFETY: digit `level` is set in the count, so an earlier push has written it; the
            // block has a state for each neighbour.
            unsafe { self.merge_digit(at, &mut block, weights) };
            level += 1;
            at += self.width;
        }
        for (k, digit) in self.digits.iter_mut().skip(at).take(self.width).enumerate() {
            // SAFETY: as above.
            digit.write(unsafe { Planes::read(&block, k) });
        }
        self.count += 1;
    }

    /// Merges the digit whose states begin at index `at` before the states `after`, of later
    /// elements.
    ///
    /// # Safety
    /// The digit has been written, and `after` has a state for each neighbour.
    unsafe fn merge_digit<const N: usize>(
        &self,
        at: usize,
        after: &mut MaybeUninit<F::Planes<N>>,
        weights: F::Weights,
    ) {
        for (k, digit) in self.digits.iter().skip(at).take(self.width).enumerate() {
            // SAFETY: the caller's promise.
            unsafe {
                let merged = F::merge::<true>(digit.assume_init(), Planes::read(after, k), weights);
                Planes::write(after, k, merged);
            }
        }
    }

    /// Adds the finished block of the accumulators of a region along lanes. This is compiled once,
    /// not for each level.
    #[cold]
    #[inline(never)]
    pub(crate) fn push_joined(&mut self, lanes: F::Planes<LANES>) {
        self.push::<1>(MaybeUninit::new(F::Planes::splat(F::joined(lanes, BLOCK * LEAF, true))));
    }

    /// The state of the only block that has been added, of the only neighbour.
    #[cfg(feature = "rayon")]
    pub(crate) fn first(&self) -> F::State {
        assert!(self.count == 1 && self.width == 1, "one block has been added");
        // SAFETY: digit 0 is set in the count, so a push has written it.
        unsafe { self.digits[0].assume_init() }
    }

    /// Sets digit `level` to `state`, that of 2^`level` blocks of the only neighbour.
    #[cfg(feature = "rayon")]
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn set(&mut self, level: usize, state: F::State) {
        self.digits[level].write(state);
        self.count |= 1 << level;
    }

    /// Merges all blocks, from the last to the first, before the states `last`, of the `filled`
    /// elements after them.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn finish<const N: usize>(
        &self,
        last: &mut MaybeUninit<F::Planes<N>>,
        filled: usize,
    ) {
        if L > 0 && self.count > 0 {
            // By value: by reference the states would have to be in memory all the time.
            *last = self.finished(*last, filled);
        }
    }

    /// As [`finish`](Self::finish), for one neighbour; returns the state.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn finish_one(&self, last: F::State, filled: usize) -> F::State {
        let mut all = MaybeUninit::new(F::Planes::<1>::splat(last));
        self.finish::<1>(&mut all, filled);
        // SAFETY: `all` has one state, which has been set.
        unsafe { Planes::read(&all, 0) }
    }

    /// As [`finish`](Self::finish), and returns the states.
    #[cold]
    #[inline(never)]
    fn finished<const N: usize>(
        &self,
        mut last: MaybeUninit<F::Planes<N>>,
        mut filled: usize,
    ) -> MaybeUninit<F::Planes<N>> {
        let mut rest = self.count;
        while rest != 0 {
            let level = rest.trailing_zeros() as usize;
            let (each, at) = (self.each << level, level * self.width);
            let weights = F::weights(each, filled);
            // SAFETY: digit `level` is set in the count, so a push has written it; `last` has a
            // state for each neighbour.
            unsafe { self.merge_digit(at, &mut last, weights) };
            filled += each;
            rest &= rest - 1;
        }
        last
    }
}
