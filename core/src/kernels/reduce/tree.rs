//! The summation tree: in which order the elements of a reduction are combined.
//!
//! The order depends on how many elements there are and whether the lane axis is reduced, and on
//! nothing else: not on the storage, the vector width, the number of threads or the target. So the
//! bits of a sum are the same everywhere.
//!
//! - An *accumulator* sees a sequence of elements. 16 at a time make a leaf, which is combined by halves: the first with the ninth, and
//!   so on. Leaves are merged in turn, and what is left over behind the last whole leaf goes in pieces of 4 and of 1. Means and
//!   variances take leaves in segments, and what is left over at once: see [`spread`](super::spread).
//! - Across lanes each column is an accumulator. Along lanes there are 16: element i goes to accumulator i mod 16 while whole rows of
//!   16 are left; then the accumulators are merged by halves, and the less than 16 elements behind the last row, combined by halves too,
//!   come last.
//! - 1024 leaves of each accumulator are a block. Blocks are merged in pairs, like the digits of a binary counter, and what is behind the
//!   last whole block comes last. Threads may split a reduction at blocks.
//!
//! What a leaf and a merge are, a [`Fold`] says. The merges of a sum carry its rounding error
//! along, so that the error does not grow with the number of leaves; only the accumulators of a
//! region of at most 8192 elements are merged without, and so is all of a region of less than 256
//! elements along lanes.

use core::mem::MaybeUninit;

use crate::axes::AxisKind;
use crate::kernels::reduce::elements::Elements;
use crate::kernels::reduce::tree::short::fold_short;
use crate::shape::{List, ListOf, Shape};

pub(crate) mod accumulators;
mod columns;
pub(crate) mod short;

pub(crate) use columns::fold_columns;

/// How many accumulators there are along lanes.
pub(crate) const LANES: usize = 16;
/// How many elements of an accumulator make a leaf.
pub(crate) const LEAF: usize = 16;
/// How many leaves make a block.
pub(super) const BLOCK: usize = 1024;
/// How many elements of a region along lanes are a block of all its accumulators.
#[cfg(feature = "rayon")]
pub(crate) const BLOCK_ALONG: usize = BLOCK * LEAF * LANES;
/// The most elements of a region whose accumulators are merged without compensation, which would
/// take longer than the rest.
pub(crate) const PLAIN: usize = 8192;

/// How many digits count the blocks of any shape: as many as memory can hold.
pub(crate) const LEVELS: usize = if usize::BITS > 32 { 34 } else { 19 };

/// The states of some accumulators, plane by plane, so that the same part of neighbouring states is
/// side by side.
pub trait Planes<State>: Copy {
    /// All the same state.
    fn splat(state: State) -> Self;
    /// The state of accumulator `k`.
    fn get(&self, k: usize) -> State;
    /// Sets the state of accumulator `k`.
    fn set(&mut self, k: usize, state: State);
}
impl<V: Copy, const P: usize, const N: usize> Planes<[V; P]> for [[V; N]; P] {
    #[inline(always)]
    fn splat(state: [V; P]) -> Self {
        each(
            #[inline(always)]
            |p| [state[p]; N],
        )
    }
    #[inline(always)]
    fn get(&self, k: usize) -> [V; P] {
        each(
            #[inline(always)]
            |p| self[p][k],
        )
    }
    #[inline(always)]
    fn set(&mut self, k: usize, state: [V; P]) {
        for p in 0..P {
            self[p][k] = state[p];
        }
    }
}

/// How elements become a state, and two states one.
pub trait Fold<T: Copy>: Copy {
    /// What is known of some elements.
    type State: Copy;
    /// The states of `N` accumulators.
    type Planes<const N: usize>: Planes<Self::State> + Send;
    /// What a merge takes of the two counts.
    type Weights: Copy;
    /// Of no elements.
    const NOTHING: Self::State;
    /// Whether elements are fed to a state that is [`opened`](Self::opened) for them, and
    /// [`settled`](Self::settled) after some.
    const SETTLES: bool = false;
    /// Of `N` elements, a power of 2.
    fn leaf<const N: usize>(elements: [T; N]) -> Self::State;
    /// Of the first `count` of some elements; the others are any valid ones.
    fn few(elements: [T; LANES], count: usize) -> Self::State;
    /// Of `get(0), .., get(count - 1)`, along lanes, fewer than a leaf of every accumulator.
    #[inline(always)]
    fn short(count: usize, get: impl Fn(usize) -> T) -> Self::State {
        fold_short::<T, Self>(count, get)
    }
    /// The same of `N` columns, of which `get` gives elements of a `row`.
    #[inline(always)]
    fn short_columns<L: Copy, const N: usize>(
        count: usize,
        row: impl Fn(usize) -> L,
        get: impl Fn(&L, usize) -> T,
    ) -> Self::Planes<N> {
        fold_columns::<L, T, Self, N>(count, row, get)
    }
    /// The leaves of `N` accumulators: `get(r, k)` is element `r` of accumulator `k`.
    #[inline(always)]
    fn leaves<const R: usize, const N: usize>(get: impl Fn(usize, usize) -> T) -> Self::Planes<N> {
        let mut states = Self::Planes::splat(Self::NOTHING);
        for k in 0..N {
            let leaf = Self::leaf::<R>(each(
                #[inline(always)]
                |r| get(r, k),
            ));
            states.set(k, leaf);
        }
        states
    }
    /// Merges `a` before `b`, neighbour by neighbour.
    #[inline(always)]
    fn merge_all<const COMPENSATED: bool, const N: usize>(
        a: Self::Planes<N>,
        mut b: Self::Planes<N>,
        weights: Self::Weights,
    ) -> Self::Planes<N> {
        for k in 0..N {
            b.set(k, Self::merge::<COMPENSATED>(a.get(k), b.get(k), weights));
        }
        b
    }
    /// For a merge of states of `a` and of `b` elements.
    fn weights(a: usize, b: usize) -> Self::Weights;
    /// `state`, which is settled, as elements are fed to it of which these are the first.
    #[inline(always)]
    fn opened<const N: usize>(state: Self::State, elements: [T; N]) -> Self::State {
        let _ = elements;
        state
    }
    /// `state`, which is opened, with `N` more elements, a power of 2.
    #[inline(always)]
    fn fed<const N: usize>(state: Self::State, elements: [T; N]) -> Self::State {
        let _ = elements;
        state
    }
    /// Of all accumulators of a region along lanes, which have seen `each` elements: merged by
    /// halves.
    #[inline(always)]
    fn joined<const COMPENSATED: bool>(mut lanes: Self::Planes<LANES>, mut each: usize) -> Self::State {
        let mut half = LANES / 2;
        while half > 0 {
            let weights = Self::weights(each, each);
            for k in 0..half {
                lanes.set(k, Self::merge::<COMPENSATED>(lanes.get(k), lanes.get(k + half), weights));
            }
            half /= 2;
            each *= 2;
        }
        lanes.get(0)
    }
    /// Whether the accumulators of a region along lanes are to be joined all at once, by
    /// [`joined`](Self::joined), and not two by two.
    const JOINS_ALL: bool = false;
    /// What [`joined`](Self::joined) makes of the accumulators of each of `N` columns, where it is
    /// to.
    #[inline(always)]
    fn joined_columns<const N: usize>(lanes: [Self::Planes<N>; LANES]) -> Self::Planes<N> {
        lanes[0]
    }
    /// `state`, as others are merged with it, where some elements have been fed to it since it was
    /// settled; `weights` are for those before, and for them.
    #[inline(always)]
    fn settled(state: Self::State, weights: Self::Weights) -> Self::State {
        let _ = weights;
        state
    }
    /// Whether there are states that do not say enough, so that their elements are looked at again.
    const DOUBTS: bool = false;
    /// Whether the state of `count` elements says enough.
    #[inline(always)]
    fn is_known(state: Self::State, count: usize) -> bool {
        let _ = (state, count);
        true
    }
    /// The states of `width` columns once their elements have been looked at again; one that is
    /// [known](Self::is_known) stays. By value: what goes by reference would be in memory all
    /// along.
    #[inline(always)]
    fn again<E: Copy, const N: usize>(
        elements: impl Elements<E>,
        map: impl Fn(E) -> T,
        width: usize,
        states: Self::Planes<N>,
    ) -> Self::Planes<N> {
        let _ = (elements, map, width);
        states
    }
    /// Of the elements of `a` and of `b`.
    fn merge<const COMPENSATED: bool>(a: Self::State, b: Self::State, weights: Self::Weights) -> Self::State;
    /// `state`, which is settled, as less than a leaf is to follow, of which this is one, the first
    /// if it `begins`; `weights` are for the two counts. Called for each, before any is
    /// [`added`](Self::added).
    #[inline(always)]
    fn near(state: Self::State, element: T, begins: bool, weights: Self::Weights) -> Self::State {
        let _ = (element, begins, weights);
        state
    }
    /// `state` with one of those that it is near to, the first if it `begins`; `weights` are as
    /// before.
    #[inline(always)]
    fn added(state: Self::State, element: T, begins: bool, weights: Self::Weights) -> Self::State {
        let _ = (element, begins, weights);
        state
    }
    /// `state`, settled, when all those have been added. If they are `alone`, nothing came before
    /// them.
    #[inline(always)]
    fn finished(state: Self::State, alone: bool, weights: Self::Weights) -> Self::State {
        let _ = (alone, weights);
        state
    }
}

/// `[get(0), get(1), ..]`, at least one. The loop is this crate's own, so that it is sure to be
/// inlined into the level's function.
#[inline(always)]
pub(crate) fn each<T: Copy, const N: usize>(get: impl Fn(usize) -> T) -> [T; N] {
    let (mut all, mut k) = ([get(0); N], 1);
    while k < N {
        all[k] = get(k);
        k += 1;
    }
    all
}

/// Combines by halves: what is half the length apart first. `N` is a power of 2.
#[inline(always)]
pub(crate) fn halved<V: Copy, const N: usize>(mut x: [V; N], combine: impl Fn(V, V) -> V) -> V {
    let mut half = N / 2;
    while half > 0 {
        for k in 0..half {
            x[k] = combine(x[k], x[k + half]);
        }
        half /= 2;
    }
    x[0]
}

/// How many digits count the blocks of accumulators that see at most `len` elements each.
const fn levels(len: usize) -> usize {
    (usize::BITS - (len / (BLOCK * LEAF)).leading_zeros()) as usize
}
/// How many digits a region of shape `S` takes along lanes.
pub(crate) const fn levels_along<S: Shape>() -> usize {
    match S::STATIC_LEN {
        Some(len) => levels(len / LANES),
        None => LEVELS,
    }
}
/// How many digits the columns of shape `S` take across lanes that run along `axis`.
pub(crate) const fn levels_across<S: Shape>(axis: usize) -> usize {
    match (S::STATIC_LEN, <ListOf<S> as List>::KINDS[axis]) {
        (Some(len), AxisKind::Length(Some(lane))) if lane > 0 => levels(len / lane),
        (Some(len), _) => levels(len),
        (None, _) => LEVELS,
    }
}

/// Merges finished blocks of `N` neighbours in pairs, up to 2^`L` - 1 of them, of `each` elements
/// per neighbour.
#[derive(Clone, Copy)]
pub(crate) struct Blocks<T: Copy, F: Fold<T>, const N: usize, const L: usize> {
    count: usize,
    each: usize,
    digits: [MaybeUninit<F::Planes<N>>; L],
}

impl<T: Copy, F: Fold<T>, const N: usize, const L: usize> Blocks<T, F, N, L> {
    /// For blocks of `accumulators` accumulators.
    #[inline(always)]
    pub(crate) fn of(accumulators: usize) -> Self {
        Self { count: 0, each: accumulators * BLOCK * LEAF, digits: [const { MaybeUninit::uninit() }; L] }
    }

    /// Adds a finished block.
    #[cold]
    #[inline(never)]
    pub(crate) fn push(&mut self, mut block: F::Planes<N>) {
        let mut level = 0;
        while self.count >> level & 1 == 1 {
            // SAFETY: digit `level` is set in the count, so an earlier push has written it.
            let digit = unsafe { self.digits[level].assume_init_ref() };
            let each = self.each << level;
            block = F::merge_all::<true, N>(*digit, block, F::weights(each, each));
            level += 1;
        }
        self.digits[level].write(block);
        self.count += 1;
    }

    /// Sets the state of the 2^`level` blocks that the digit counts.
    #[cfg(feature = "rayon")]
    #[inline(always)]
    pub(crate) fn set(&mut self, level: usize, state: F::Planes<N>) {
        self.digits[level].write(state);
        self.count |= 1 << level;
    }

    /// Merges the blocks before `last`, the one of `filled` elements behind them, into it, from the
    /// last to the first.
    #[inline(always)]
    pub(crate) fn finish(&self, last: &mut F::Planes<N>, mut filled: usize) {
        let mut rest = self.count;
        while L > 0 && rest != 0 {
            let level = rest.trailing_zeros() as usize;
            let each = self.each << level;
            // SAFETY: digit `level` is set in the count, so a push has written it.
            let digit = unsafe { self.digits[level].assume_init_ref() };
            *last = F::merge_all::<true, N>(*digit, *last, F::weights(each, filled));
            filled += each;
            rest &= rest - 1;
        }
    }
}
