//! The blocks of a tree: finished ones are merged in pairs, like the digits of a binary counter.

use core::mem::MaybeUninit;

use crate::kernels::reduce::tree::{BLOCK, Fold, LANES, LEAF, Planes};
use crate::shape::Shape;

/// How many digits count the blocks of any shape: as many as memory can hold.
pub(crate) const LEVELS: usize = if usize::BITS > 32 { 34 } else { 19 };

/// How many digits count the blocks of an accumulator that sees `len` elements.
pub(crate) const fn levels(len: usize) -> usize {
    (usize::BITS - (len / (BLOCK * LEAF)).leading_zeros()) as usize
}
/// Whether the types tell that no accumulator of an array of shape `S` fills a block.
pub(crate) const fn is_below_a_block<S: Shape>() -> bool {
    matches!(S::STATIC_LEN, Some(len) if levels(len) == 0)
}

/// Merges finished blocks of neighbours in pairs, of `each` elements per neighbour. There is room
/// for `L` digits of all of them together. They are gone through by iterators, so that no panic is
/// left.
#[derive(Clone, Copy)]
pub(crate) struct Blocks<T: Copy, F: Fold<T>, const L: usize> {
    count: usize,
    each: usize,
    /// How many neighbours there are: a digit is as many states.
    width: usize,
    digits: [MaybeUninit<F::State>; L],
}

impl<T: Copy, F: Fold<T>, const L: usize> Blocks<T, F, L> {
    /// For blocks of `accumulators` accumulators of each of `width` neighbours.
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

    /// Merges the digit whose states begin at `at` into the states `behind` it.
    ///
    /// # Safety
    /// The digit has been written, and there is a state for each neighbour behind it.
    unsafe fn merge_digit<const N: usize>(
        &self,
        at: usize,
        behind: &mut MaybeUninit<F::Planes<N>>,
        weights: F::Weights,
    ) {
        for (k, digit) in self.digits.iter().skip(at).take(self.width).enumerate() {
            // SAFETY: the caller's promise.
            unsafe {
                let merged =
                    F::merge::<true>(digit.assume_init(), Planes::read(behind, k), weights);
                Planes::write(behind, k, merged);
            }
        }
    }

    /// Adds the finished block of the accumulators of a region along lanes. Compiled once, not for
    /// each level.
    #[cold]
    #[inline(never)]
    pub(crate) fn push_joined(&mut self, lanes: F::Planes<LANES>) {
        self.push::<1>(MaybeUninit::new(F::Planes::splat(F::joined(lanes, BLOCK * LEAF, true))));
    }

    /// The state of the one block that has been added, of one neighbour.
    #[cfg(feature = "rayon")]
    pub(crate) fn first(&self) -> F::State {
        assert!(self.count == 1 && self.width == 1, "one block has been added");
        // SAFETY: digit 0 is set in the count, so a push has written it.
        unsafe { self.digits[0].assume_init() }
    }

    /// Sets the state of the 2^`level` blocks that the digit counts, of one neighbour.
    #[cfg(feature = "rayon")]
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn set(&mut self, level: usize, state: F::State) {
        self.digits[level].write(state);
        self.count |= 1 << level;
    }

    /// Merges the blocks before `last`, the one of `filled` elements behind them, into it, from the
    /// last to the first.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn finish<const N: usize>(
        &self,
        last: &mut MaybeUninit<F::Planes<N>>,
        filled: usize,
    ) {
        if L > 0 && self.count > 0 {
            // By value: what goes by reference would be in memory all along.
            *last = self.finished(*last, filled);
        }
    }

    /// As [`finish`](Self::finish), of one neighbour.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn finish_one(&self, last: F::State, filled: usize) -> F::State {
        let mut all = MaybeUninit::new(F::Planes::<1>::splat(last));
        self.finish::<1>(&mut all, filled);
        // SAFETY: it has one state, which has been set.
        unsafe { Planes::read(&all, 0) }
    }

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
            // SAFETY: digit `level` is set in the count, so a push has written it; the last has a
            // state for each neighbour.
            unsafe { self.merge_digit(at, &mut last, weights) };
            filled += each;
            rest &= rest - 1;
        }
        last
    }
}
