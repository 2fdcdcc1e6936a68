//! The summation tree: in which order the elements of a reduction are combined.
//!
//! The order depends on how many elements there are and whether the lane axis is reduced, and on nothing else: not on the storage,
//! the vector width or the target. So the bits of a sum are the same everywhere, and the error grows with log n.
//!
//! - Along lanes: element i of a block of 256 goes to accumulator i mod 16; finished blocks of 16 accumulators are merged in
//!   pairs, like the digits of a binary counter; at the end the accumulators are merged by halves.
//! - Across lanes: 16 elements are combined in order; finished blocks are merged in pairs likewise.

use crate::shape::Shape;

/// A way to combine two values into one, with a neutral value.
pub trait Monoid {
    /// What is combined.
    type Value: Copy;
    /// Leaves what it is combined with as it is.
    const NEUTRAL: Self::Value;
    /// Combines two values.
    fn combine(a: Self::Value, b: Self::Value) -> Self::Value;
}

/// How many accumulators a block has.
const WIDTH: usize = 16;
/// How many elements a block along lanes has.
const BLOCK: usize = 16 * WIDTH;
/// How many elements a block across lanes has.
pub(crate) const DEPTH: usize = 16;
/// How many columns are reduced at a time across lanes.
pub(crate) const COLUMNS: usize = 64;

/// How many digits count the blocks of any shape: as many as memory can hold.
pub(crate) const LEVELS: usize = 44;

/// How many digits count the blocks of `block` elements each of a region of shape `S`, at most; they are on the stack.
const fn levels<S: Shape>(block: usize) -> usize {
    match S::STATIC_LEN {
        Some(len) => (usize::BITS - (len / block).leading_zeros()) as usize,
        None => LEVELS,
    }
}
/// As [`levels`], along lanes.
pub(crate) const fn levels_along<S: Shape>() -> usize {
    levels::<S>(BLOCK)
}
/// As [`levels`], across lanes.
pub(crate) const fn levels_across<S: Shape>() -> usize {
    levels::<S>(DEPTH)
}

/// Merges finished blocks of `N` accumulators in pairs, up to 2^`L` - 1 of them.
struct Counter<M: Monoid, const N: usize, const L: usize> {
    blocks: usize,
    digits: [core::mem::MaybeUninit<[M::Value; N]>; L],
}

impl<M: Monoid, const N: usize, const L: usize> Counter<M, N, L> {
    #[inline(always)]
    fn new() -> Self {
        Self { blocks: 0, digits: [const { core::mem::MaybeUninit::uninit() }; L] }
    }

    #[inline(always)]
    fn push(&mut self, mut block: [M::Value; N]) {
        let mut level = 0;
        while self.blocks >> level & 1 == 1 {
            // SAFETY: digit `level` is set in the count, so an earlier push has written it.
            block = combined::<M, N>(unsafe { self.digits[level].assume_init_ref() }, &block);
            level += 1;
        }
        self.digits[level].write(block);
        self.blocks += 1;
    }

    /// Merges the digits and `last`, the block behind them, from the last to the first.
    #[inline(always)]
    fn finish(&self, mut last: [M::Value; N]) -> [M::Value; N] {
        let mut rest = self.blocks;
        while rest != 0 {
            let level = rest.trailing_zeros() as usize;
            // SAFETY: digit `level` is set in the count, so a push has written it.
            last = combined::<M, N>(unsafe { self.digits[level].assume_init_ref() }, &last);
            rest &= rest - 1;
        }
        last
    }
}

#[inline(always)]
fn combined<M: Monoid, const N: usize>(a: &[M::Value; N], b: &[M::Value; N]) -> [M::Value; N] {
    core::array::from_fn(|k| M::combine(a[k], b[k]))
}

/// The tree along lanes, fed a lane at a time.
pub(crate) struct Along<M: Monoid, const L: usize> {
    block: [M::Value; WIDTH],
    filled: usize,
    finished: Counter<M, WIDTH, L>,
}

impl<M: Monoid, const L: usize> Along<M, L> {
    #[inline(always)]
    pub(crate) fn new() -> Self {
        Self { block: [M::NEUTRAL; WIDTH], filled: 0, finished: Counter::new() }
    }

    /// Feeds the `len` values `get(0), get(1), ..`.
    #[inline(always)]
    pub(crate) fn feed(&mut self, len: usize, get: impl Fn(usize) -> M::Value) {
        let mut j = 0;
        while j < len {
            if self.filled.is_multiple_of(WIDTH) && len - j >= WIDTH {
                // As many whole rows of accumulators as the block and the lane have left.
                let rows = ((BLOCK - self.filled) / WIDTH).min((len - j) / WIDTH);
                let mut block = self.block;
                for row in 0..rows {
                    for (k, slot) in block.iter_mut().enumerate() {
                        *slot = M::combine(*slot, get(j + row * WIDTH + k));
                    }
                }
                self.block = block;
                self.filled += rows * WIDTH;
                j += rows * WIDTH;
            } else {
                let k = self.filled % WIDTH;
                self.block[k] = M::combine(self.block[k], get(j));
                self.filled += 1;
                j += 1;
            }
            if self.filled == BLOCK {
                self.finished.push(self.block);
                self.block = [M::NEUTRAL; WIDTH];
                self.filled = 0;
            }
        }
    }

    #[inline(always)]
    pub(crate) fn finish(self) -> M::Value {
        let mut all = self.finished.finish(self.block);
        let mut half = WIDTH / 2;
        while half > 0 {
            for k in 0..half {
                all[k] = M::combine(all[k], all[k + half]);
            }
            half /= 2;
        }
        all[0]
    }
}

/// The tree across lanes for `COLUMNS` neighbouring columns, fed a row at a time.
pub(crate) struct Across<M: Monoid, const L: usize> {
    block: [M::Value; COLUMNS],
    filled: usize,
    finished: Counter<M, COLUMNS, L>,
}

impl<M: Monoid, const L: usize> Across<M, L> {
    #[inline(always)]
    pub(crate) fn new() -> Self {
        Self { block: [M::NEUTRAL; COLUMNS], filled: 0, finished: Counter::new() }
    }

    /// Feeds the row `get(0), .., get(width - 1)`; `width` is at most [`COLUMNS`].
    #[inline(always)]
    pub(crate) fn feed(&mut self, width: usize, get: impl Fn(usize) -> M::Value) {
        if width == COLUMNS {
            for (k, slot) in self.block.iter_mut().enumerate() {
                *slot = M::combine(*slot, get(k));
            }
        } else {
            for (k, slot) in self.block.iter_mut().enumerate().take(width) {
                *slot = M::combine(*slot, get(k));
            }
        }
        self.filled += 1;
        if self.filled == DEPTH {
            self.finished.push(self.block);
            self.block = [M::NEUTRAL; COLUMNS];
            self.filled = 0;
        }
    }

    #[inline(always)]
    pub(crate) fn finish(self) -> [M::Value; COLUMNS] {
        self.finished.finish(self.block)
    }
}
