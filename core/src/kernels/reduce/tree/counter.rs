//! The finished blocks of a tree: they are merged in pairs, as a binary counter adds a carry.
//!
//! 1. A *digit* is a bit of the number of finished blocks. If bit k is 1, the digit is *set*, and
//!    the state of 2^k blocks is stored for it.
//! 2. A finished block is merged with digit 0 if digit 0 is set. The result is merged with digit 1
//!    if digit 1 is set, and so on up to the first digit that is not set. In each merge the state
//!    of the digit is the first operand, because its elements precede the others in the region. The
//!    digits that have been merged are no longer set.
//! 3. The result is stored at that first digit, which is now set.
//! 4. At the end the state of the elements after the last whole block is merged with all digits
//!    that are set, from the lowest to the highest.

use core::mem::MaybeUninit;

use crate::kernels::reduce::tree::{BLOCK, Fold, LANES, LEAF, Planes};
use crate::shape::Shape;

/// A number of digits that suffices for any shape, because memory holds no more blocks than these
/// digits can count.
pub(crate) const LEVELS: usize = if usize::BITS > 32 { 34 } else { 19 };

/// The number of digits that are needed to count the blocks of an accumulator, if `len` elements
/// are added to the accumulator.
pub(crate) const fn levels(len: usize) -> usize {
    (usize::BITS - (len / (BLOCK * LEAF)).leading_zeros()) as usize
}
/// Whether the types tell that an array of shape `S` has so few elements that no accumulator fills
/// a block.
pub(crate) const fn is_below_a_block<S: Shape>() -> bool {
    matches!(S::STATIC_LEN, Some(len) if levels(len) == 0)
}

/// The counter of the finished blocks of neighbouring regions or columns. It has room for `L`
/// states: a digit consists of one state for each neighbour. The states are visited by iterators
/// instead of by index, so that no panic is left in the code.
#[derive(Clone, Copy)]
pub(crate) struct Blocks<T: Copy, F: Fold<T>, const L: usize> {
    /// The number of blocks of each neighbour. The bits of this number say which digits are set.
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

    /// Adds a finished block of each neighbour. `block` has the state of each of these blocks.
    #[cold]
    #[inline(never)]
    pub(crate) fn push<const N: usize>(&mut self, mut block: MaybeUninit<F::Planes<N>>) {
        let (mut level, mut at) = (0, 0);
        while self.count >> level & 1 == 1 {
            let each = self.each << level;
            let weights = F::weights(each, each);
            // SAFETY: bit `level` of `count` is 1, as the loop has just checked, so the states of
            // that digit have been written. `block` has a state for each neighbour.
            unsafe { self.merge_digit(at, &mut block, weights) };
            level += 1;
            at += self.width;
        }
        for (k, digit) in self.digits.iter_mut().skip(at).take(self.width).enumerate() {
            // SAFETY: `k` is less than `width`, and `block` has a state for each neighbour.
            digit.write(unsafe { Planes::read(&block, k) });
        }
        self.count += 1;
    }

    /// Merges the states of a digit, which begin at `digits[at]`, with the states `after`, whose
    /// elements follow those of the digit in the region. Writes the results to `after`.
    ///
    /// # Safety
    /// The states of the digit have been written, and `after` has a state for each neighbour.
    unsafe fn merge_digit<const N: usize>(
        &self,
        at: usize,
        after: &mut MaybeUninit<F::Planes<N>>,
        weights: F::Weights,
    ) {
        for (k, digit) in self.digits.iter().skip(at).take(self.width).enumerate() {
            // SAFETY: `k` is less than `width`, and the caller promises that the digit and `after`
            // have a state for each of the `width` neighbours.
            unsafe {
                let merged = F::merge::<true>(digit.assume_init(), Planes::read(after, k), weights);
                Planes::write(after, k, merged);
            }
        }
    }

    /// Adds the finished block of a region along lanes, whose accumulators have the states `lanes`.
    /// The function is not inlined, so that it is compiled once, not for each SIMD level.
    #[cold]
    #[inline(never)]
    pub(crate) fn push_joined(&mut self, lanes: F::Planes<LANES>) {
        self.push::<1>(MaybeUninit::new(F::Planes::splat(F::joined(lanes, BLOCK * LEAF, true))));
    }

    /// The state of the only block that has been added, which is that of a single region.
    #[cfg(feature = "rayon")]
    pub(crate) fn first(&self) -> F::State {
        assert!(self.count == 1 && self.width == 1, "one block has been added");
        // SAFETY: `count` is 1, so digit 0 is set and its state has been written.
        unsafe { self.digits[0].assume_init() }
    }

    /// Sets digit `level` to `state`, which is that of 2^`level` blocks of the only region.
    #[cfg(feature = "rayon")]
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn set(&mut self, level: usize, state: F::State) {
        self.digits[level].write(state);
        self.count |= 1 << level;
    }

    /// Merges all blocks, from the last to the first, with the states `last`: those of the elements
    /// after the blocks, `filled` for each neighbour. The results are written to `last`.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn finish<const N: usize>(
        &self,
        last: &mut MaybeUninit<F::Planes<N>>,
        filled: usize,
    ) {
        if L > 0 && self.count > 0 {
            // `last` is passed by value, because states that are passed by reference to a function
            // that is not inlined have to be in memory all the time.
            *last = self.finished(*last, filled);
        }
    }

    /// As [`finish`](Self::finish), for one region. Returns the state.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn finish_one(&self, last: F::State, filled: usize) -> F::State {
        let mut all = MaybeUninit::new(F::Planes::<1>::splat(last));
        self.finish::<1>(&mut all, filled);
        // SAFETY: `all` has one state, and `splat` has set it.
        unsafe { Planes::read(&all, 0) }
    }

    /// As [`finish`](Self::finish), but returns the states.
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
            // SAFETY: `rest` has only bits of `count`, and bit `level` of `rest` is 1, so the
            // states of that digit have been written. `last` has a state for each neighbour.
            unsafe { self.merge_digit(at, &mut last, weights) };
            filled += each;
            rest &= rest - 1;
        }
        last
    }
}
