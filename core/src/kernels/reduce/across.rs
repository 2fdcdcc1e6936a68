//! Folding across lanes: some neighbouring columns at a time, row by row.
//!
//! 1. A tile is a few neighbouring columns. Its next 16 rows, which hold a leaf of each column, are
//!    looked up: each row is part of a lane.
//! 2. For each column, its 16 elements are read from these lanes and fed to its accumulator as a
//!    leaf, which is folded by halves (row r with row r + 8). In that order the loads of LLVM's
//!    code go through memory in sequence, so that the hardware prefetchers follow.
//! 3. Expensive elements, such as exponentials, are first computed into a buffer, 16 rows of
//!    [`SIDE`] columns at a time: a loop that computes whole leaves of them would be too long to be
//!    unrolled, and would then not be vectorised.
//! 4. After 1024 leaves, which are a block, the states are added to [`Blocks`], and the
//!    accumulators begin anew. With `std` there is room for 256 states of finished blocks. So at
//!    most 256 columns are folded at a time if each has 16,384 elements or more ([`most_columns`]).
//! 5. The rows after the last whole leaf are fed in smaller pieces.
//!
//! Memory is not prefetched by instructions here: a tile has too many rows, and prefetching them
//! was slower.
//!
//! On a target without vectors a tile is one column, so that the state of the column stays in
//! registers.

use core::marker::PhantomData;
use core::mem::MaybeUninit;

use crate::kernels::reduce::elements::Elements;
use crate::kernels::reduce::statistic::Columns;
use crate::kernels::reduce::tree::accumulators::Accumulators;
use crate::kernels::reduce::tree::counter::{Blocks, LEVELS, is_below_a_block, levels};
use crate::kernels::reduce::tree::{Fold, LEAF};
use crate::kernels::walk::Axes;
use crate::read::{Lane, Source};
use crate::run::adder::Adder;
use crate::run::level::{HAS_VECTORS, is_expensive};
use crate::run::lined::Lined;
use crate::shape::Shape;

/// If elements are expensive, those of `SIDE` neighbouring columns at a time are computed into a
/// buffer. `N`, the maximum width of a tile, is a multiple of `SIDE`.
pub(super) const SIDE: usize = if !HAS_VECTORS {
    1
} else if cfg!(unoptimised) {
    8
} else {
    32
};

/// The number of times that [`SIDE`] columns fit in a tile of `N` columns.
const fn sides<const N: usize>() -> usize {
    assert!(N.is_multiple_of(SIDE), "a tile is a number of sides");
    N / SIDE
}

/// The number of states of finished blocks for which there is room on the stack: they are the
/// digits of [`Blocks`]. There is room for the blocks of at least one column.
const DIGITS: usize = if cfg!(all(feature = "std", not(unoptimised))) { 256 } else { LEVELS };

/// The maximum number of neighbouring columns, of `count` elements each, whose finished blocks fit
/// in [`DIGITS`] states.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) const fn most_columns(count: usize) -> usize {
    match levels(count) {
        0 => usize::MAX,
        levels => DIGITS / levels,
    }
}

/// A tile of `width` neighbouring columns, of which the first is at index `start` of the lane.
/// `width` is at most `N`, and `start + width` at most the length of the lane. Each column has
/// `count` elements, along the axes `reduced`.
pub(crate) struct ColumnTile<S, E, const N: usize> {
    pub(crate) source: E,
    pub(crate) reduced: Axes,
    pub(crate) start: usize,
    pub(crate) width: usize,
    pub(crate) count: usize,
    /// How the fold subtracts.
    pub(crate) adder: Adder,
    pub(crate) shape: PhantomData<S>,
}
impl<S, E: Copy, const N: usize> Clone for ColumnTile<S, E, N> {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn clone(&self) -> Self {
        *self
    }
}
impl<S, E: Copy, const N: usize> Copy for ColumnTile<S, E, N> {}
impl<S: Shape, E: Source, const N: usize> Elements<E::Elem> for ColumnTile<S, E, N> {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn count(&self) -> usize {
        self.count
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn visit(&mut self, mut to: impl FnMut(usize, E::Elem)) {
        for _ in 0..self.count {
            // SAFETY: there is a row, so no reduced axis has length 0, and the walk along `reduced`
            // visits only indices of `S`.
            let lane = unsafe { self.source.lane::<S>() };
            for k in 0..self.width {
                // SAFETY: `k` is less than `width`, and `start + width` is at most the length of
                // the lane.
                to(k, unsafe { lane.get::<S>(self.start + k) });
            }
            self.reduced.next(&mut self.source);
        }
    }
}
impl<S: Shape, E: Source, const N: usize> Columns<E::Elem, N> for ColumnTile<S, E, N> {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn width(&self) -> usize {
        self.width
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn fold_to<U: Copy, F: Fold<U>, const EXPENSIVE: bool>(
        &mut self,
        to: &mut Accumulators<U, F, N, false>,
        map: impl Fn(usize, E::Elem) -> U + Sync,
    ) {
        if const { is_below_a_block::<S>() } {
            self.fold_in::<U, F, 0, EXPENSIVE>(to, map);
        } else {
            self.fold_in::<U, F, DIGITS, EXPENSIVE>(to, map);
        }
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn first(
        &mut self,
        wanted: impl Fn(usize, E::Elem) -> bool,
        mut give: impl FnMut(usize, usize),
    ) {
        let mut places = [self.count; N];
        for row in 0..self.count {
            // SAFETY: there is a row, so no reduced axis has length 0, and the walk along `reduced`
            // visits only indices of `S`.
            let lane = unsafe { self.source.lane::<S>() };
            for (k, place) in places.iter_mut().enumerate().take(self.width) {
                // SAFETY: `k` is less than `width`, and `start + width` is at most the length of
                // the lane.
                let here = wanted(k, unsafe { lane.get::<S>(self.start + k) });
                *place = (*place).min(if here { row } else { self.count });
            }
            self.reduced.next(&mut self.source);
        }
        for (k, &place) in places.iter().enumerate().take(self.width) {
            give(k, place);
        }
    }
}
impl<S: Shape, E: Source, const N: usize> ColumnTile<S, E, N> {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn fold_in<U: Copy, F: Fold<U>, const L: usize, const EXPENSIVE: bool>(
        &mut self,
        columns: &mut Accumulators<U, F, N, false>,
        map: impl Fn(usize, E::Elem) -> U,
    ) {
        let (start, width, adder) = (self.start, self.width, self.adder);
        let mut blocks = Blocks::<U, F, L>::of(1, width);
        let (mut source, mut reduced) = (self.source, self.reduced);
        // Most steps are along the innermost reduced axis, and take just one addition: `along`
        // counts the indices that are left along that axis.
        let (axis, mut along) = (reduced.innermost(), reduced.left());
        let mut left = self.count;
        if const { !HAS_VECTORS } && along == left {
            // All rows lie along the innermost reduced axis, so `r` steps along that axis lead from
            // the position of `source` to the row `r` rows further on.
            let get = |mut source: E, r: usize, k: usize| {
                source.step(axis, r as isize);
                // SAFETY: the row `r` steps further on is one of the `count` rows, so its position
                // is an index of `S`, and `start + width` is at most the length of the lane.
                map(k, unsafe { source.lane::<S>().get::<S>(start + k) })
            };
            let (mut leaves, rest) = (left / LEAF, left % LEAF);
            while leaves > 0 {
                leaves -= 1;
                if leaves > 0 {
                    // Keeps the optimiser from unrolling this loop, whose body is long already.
                    leaves = core::hint::black_box(leaves);
                }
                let fed = columns.feed_leaf(
                    width,
                    leaves == 0,
                    adder,
                    #[cfg_attr(not(unoptimised), inline(always))]
                    |r, k| get(source, r, k),
                );
                if fed && L > 0 {
                    blocks.push::<N>(columns.take());
                }
                source.step(axis, LEAF as isize);
            }
            columns.feed_rest(
                width,
                rest,
                #[cfg_attr(not(unoptimised), inline(always))]
                |r, k| get(source, r, k),
            );
            if L > 0 {
                blocks.finish::<N>(&mut columns.states.0, columns.filled);
            }
            return;
        }
        while left > 0 {
            let mut lanes = [const { MaybeUninit::uninit() }; LEAF];
            let rows = left.min(LEAF);
            left -= rows;
            let mut row = 0;
            while row < rows {
                // SAFETY: there is a row, so no reduced axis has length 0, and the walk along
                // `reduced` visits only indices of `S`.
                lanes[row % LEAF].write(unsafe { source.lane::<S>() });
                along -= 1;
                if along > 0 {
                    source.step(axis, 1);
                } else {
                    reduced.wrap(&mut source);
                    along = reduced.left();
                }
                row += 1;
            }
            let get = |r: usize, k: usize| {
                // SAFETY: `r` is less than `rows`, so `lanes[r]` has been written, and `start +
                // width` is at most the length of the lane.
                map(k, unsafe { lanes.get_unchecked(r).assume_init().get::<S>(start + k) })
            };
            if rows < LEAF {
                columns.feed_rest(width, rows, get);
            } else if const { EXPENSIVE || is_expensive(E::WEIGHT) } {
                // The loop has constant bounds, so the optimiser knows that column indices are in
                // bounds.
                for side in 0..const { sides::<N>() } {
                    let first = side * SIDE;
                    if first >= width {
                        break;
                    }
                    let beside = if width - first >= SIDE { SIDE } else { width - first };
                    let mut buffer = Lined([[const { MaybeUninit::uninit() }; SIDE]; LEAF]);
                    for (r, row) in buffer.0.iter_mut().enumerate() {
                        // All `SIDE` columns: a separate loop of constant length, which is faster.
                        if beside == SIDE {
                            for (k, slot) in row.iter_mut().enumerate() {
                                slot.write(get(r, first + k));
                            }
                        } else {
                            for (k, slot) in row.iter_mut().enumerate().take(beside) {
                                slot.write(get(r, first + k));
                            }
                        }
                    }
                    columns.feed_leaf_at(
                        first..first + beside,
                        adder,
                        #[cfg_attr(not(unoptimised), inline(always))]
                        // SAFETY: `k - first` is less than `beside`, and the loops above have
                        // written `beside` elements of each row of the buffer.
                        |r, k| unsafe { buffer.0[r].get_unchecked(k - first).assume_init() },
                    );
                }
                if columns.leaf_is_fed(width, left < LEAF, adder) && L > 0 {
                    blocks.push::<N>(columns.take());
                }
            } else if columns.feed_leaf(width, left < LEAF, adder, get) && L > 0 {
                blocks.push::<N>(columns.take());
            }
        }
        if L > 0 {
            blocks.finish::<N>(&mut columns.states.0, columns.filled);
        }
    }
}
