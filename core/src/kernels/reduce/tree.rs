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
use core::ops::Range;

use crate::kernels::reduce::elements::Elements;
use crate::kernels::reduce::tree::short::fold_short;
use crate::run::level::HAS_VECTORS;

pub(crate) mod accumulators;
mod columns;
pub(crate) mod counter;
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

/// The states of some accumulators, plane by plane, so that the same part of neighbouring states is
/// side by side.
pub trait Planes<State>: Copy {
    /// All the same state.
    fn splat(state: State) -> Self;
    /// The state of accumulator `k`.
    fn get(&self, k: usize) -> State;
    /// Sets the state of accumulator `k`.
    fn set(&mut self, k: usize, state: State);
    /// Sets the state of each accumulator.
    fn fill(&mut self, of: impl Fn(usize) -> State);
    /// Sets the states of the accumulators `at`, of some of which not all have been set, to what
    /// `of` makes of each.
    ///
    /// # Safety
    /// Those have been.
    unsafe fn change(
        states: &mut MaybeUninit<Self>,
        at: Range<usize>,
        of: impl Fn(usize, State) -> State,
    );
    /// The state of accumulator `k` of some of which not all have been set.
    ///
    /// # Safety
    /// That of `k` has been.
    unsafe fn read(from: &MaybeUninit<Self>, k: usize) -> State;
    /// Sets the state of accumulator `k` of some of which not all have been set.
    ///
    /// # Safety
    /// There is one of this number.
    unsafe fn write(to: &mut MaybeUninit<Self>, k: usize, state: State);
}
impl<V: Copy, const P: usize, const N: usize> Planes<[V; P]> for [[V; N]; P] {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn splat(state: [V; P]) -> Self {
        each(
            #[cfg_attr(not(unoptimised), inline(always))]
            |p| [state[p]; N],
        )
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn get(&self, k: usize) -> [V; P] {
        each(
            #[cfg_attr(not(unoptimised), inline(always))]
            |p| self[p][k],
        )
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn set(&mut self, k: usize, state: [V; P]) {
        for (plane, value) in self.iter_mut().zip(state) {
            // `k` is the number of one: so written, no panic is left.
            if let Some(slot) = plane.get_mut(k) {
                *slot = value;
            }
        }
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn fill(&mut self, of: impl Fn(usize) -> [V; P]) {
        let mut k = 0;
        while k < N {
            let state = of(k);
            let mut p = 0;
            while p < P {
                self[p][k] = state[p];
                p += 1;
            }
            k += 1;
        }
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn change(
        states: &mut MaybeUninit<Self>,
        at: Range<usize>,
        of: impl Fn(usize, [V; P]) -> [V; P],
    ) {
        let first = states.as_mut_ptr().cast::<V>();
        let (mut k, end) = (at.start, at.end);
        while k < end {
            // SAFETY: the caller's promise; plane `p` has `N` elements, of which `k` is one.
            let state = of(
                k,
                each(
                    #[cfg_attr(not(unoptimised), inline(always))]
                    |p| unsafe { *first.add(p * N + k) },
                ),
            );
            let mut p = 0;
            while p < P {
                // SAFETY: as above.
                unsafe { *first.add(p * N + k) = state[p] };
                p += 1;
            }
            k += 1;
        }
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn read(from: &MaybeUninit<Self>, k: usize) -> [V; P] {
        let first = from.as_ptr().cast::<V>();
        each(
            #[cfg_attr(not(unoptimised), inline(always))]
            // SAFETY: plane `p` has `N` elements, of which `k` is one, as it has been set.
            |p| unsafe { first.add(p * N + k).read() },
        )
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn write(to: &mut MaybeUninit<Self>, k: usize, state: [V; P]) {
        let first = to.as_mut_ptr().cast::<V>();
        for (p, value) in state.into_iter().enumerate() {
            // SAFETY: plane `p` has `N` elements, of which `k` is one, as the caller promises.
            unsafe { first.add(p * N + k).write(value) };
        }
    }
}

/// How elements become a state, and two states one.
pub trait Fold<T: Copy>: Copy {
    /// What is known of some elements.
    type State: Copy + Send;
    /// The states of `N` accumulators.
    type Planes<const N: usize>: Planes<Self::State> + Send;
    /// What a merge takes of the two counts.
    type Weights: Copy;
    /// Of no elements.
    const EMPTY: Self::State;
    /// Whether elements are fed to a state that is [`opened`](Self::opened) for them, and
    /// [`settled`](Self::settled) after some.
    const SETTLES: bool = false;
    /// Of `N` elements, a power of 2.
    fn leaf<const N: usize>(elements: [T; N]) -> Self::State;
    /// Of the first `count` of some elements; the others are any valid ones.
    fn few(elements: [T; LANES], count: usize) -> Self::State;
    /// Of `get(0), .., get(count - 1)`, along lanes, fewer than a leaf of every accumulator.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn short(count: usize, get: impl Fn(usize) -> T) -> Self::State {
        fold_short::<T, Self>(count, get)
    }
    /// The same of `N` columns, of which `get` gives elements of a `row`.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn short_columns<L: Copy, const N: usize>(
        count: usize,
        row: impl Fn(usize) -> L,
        get: impl Fn(&L, usize) -> T,
    ) -> Self::Planes<N> {
        fold_columns::<L, T, Self, N>(count, row, get)
    }
    /// The leaves of `N` accumulators: `get(r, k)` is element `r` of accumulator `k`.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn leaves<const R: usize, const N: usize>(get: impl Fn(usize, usize) -> T) -> Self::Planes<N> {
        let mut states = Self::Planes::splat(Self::EMPTY);
        states.fill(
            #[cfg_attr(not(unoptimised), inline(always))]
            |k| {
                Self::leaf::<R>(each(
                    #[cfg_attr(not(unoptimised), inline(always))]
                    |r| get(r, k),
                ))
            },
        );
        states
    }
    /// Merges `a` before `b`, neighbour by neighbour.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn merge_all<const COMPENSATED: bool, const N: usize>(
        a: Self::Planes<N>,
        b: Self::Planes<N>,
        weights: Self::Weights,
    ) -> Self::Planes<N> {
        let mut both = MaybeUninit::new(b);
        // SAFETY: all states have been set.
        unsafe {
            Planes::change(
                &mut both,
                0..N,
                #[cfg_attr(not(unoptimised), inline(always))]
                |k, b| Self::merge::<COMPENSATED>(a.get(k), b, weights),
            );
            both.assume_init()
        }
    }
    /// For a merge of states of `a` and of `b` elements.
    fn weights(a: usize, b: usize) -> Self::Weights;
    /// `state`, which is settled, as elements are fed to it of which these are the first.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn opened<const N: usize>(state: Self::State, elements: [T; N]) -> Self::State {
        let _ = elements;
        state
    }
    /// `state`, which is opened, with `N` more elements, a power of 2.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn fed<const N: usize>(state: Self::State, elements: [T; N]) -> Self::State {
        let _ = elements;
        state
    }
    /// Of all accumulators of a region along lanes, which have seen `each` elements: merged by
    /// halves, `compensated` or not.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn joined(lanes: Self::Planes<LANES>, each: usize, compensated: bool) -> Self::State {
        if compensated {
            merged_by_halves::<T, Self, true>(lanes, each)
        } else {
            merged_by_halves::<T, Self, false>(lanes, each)
        }
    }
    /// Whether the accumulators of a region along lanes are to be joined all at once, by
    /// [`joined`](Self::joined), and not two by two.
    const JOINS_ALL: bool = false;
    /// What [`joined`](Self::joined) makes of the accumulators of each of `N` columns, where it is
    /// to.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn joined_columns<const N: usize>(lanes: [Self::Planes<N>; LANES]) -> Self::Planes<N> {
        lanes[0]
    }
    /// `state`, as others are merged with it, where some elements have been fed to it since it was
    /// settled; `weights` are for those before, and for them.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn settled(state: Self::State, weights: Self::Weights) -> Self::State {
        let _ = weights;
        state
    }
    /// Whether there are states that do not say enough, so that their elements are looked at again.
    const DOUBTS: bool = false;
    /// Whether the state of `count` elements says enough.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn is_known(state: Self::State, count: usize) -> bool {
        let _ = (state, count);
        true
    }
    /// The states of `width` columns once their elements have been looked at again; one that is
    /// [known](Self::is_known) stays. By value: what goes by reference would be in memory all
    /// along.
    #[cfg_attr(not(unoptimised), inline(always))]
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
    fn merge<const COMPENSATED: bool>(
        a: Self::State,
        b: Self::State,
        weights: Self::Weights,
    ) -> Self::State;
    /// `state`, which is settled, as less than a leaf is to follow, of which this is one, the first
    /// if it `begins`; `weights` are for the two counts. Called for each, before any is
    /// [`added`](Self::added).
    #[cfg_attr(not(unoptimised), inline(always))]
    fn near(state: Self::State, element: T, begins: bool, weights: Self::Weights) -> Self::State {
        let _ = (element, begins, weights);
        state
    }
    /// `state` with one of those that it is near to, the first if it `begins`; `weights` are as
    /// before.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn added(state: Self::State, element: T, begins: bool, weights: Self::Weights) -> Self::State {
        let _ = (element, begins, weights);
        state
    }
    /// `state`, settled, when all those have been added. If they are `alone`, nothing came before
    /// them.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn finished(state: Self::State, alone: bool, weights: Self::Weights) -> Self::State {
        let _ = (alone, weights);
        state
    }
}

/// `x`, through memory where there are vectors, so that what is before it is made of them: what
/// follows goes by halves, for the sake of which LLVM would shuffle all of it, or make pairs.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn through_memory<V>(x: V) -> V {
    if HAS_VECTORS { core::hint::black_box(x) } else { x }
}

/// Of accumulators that have seen `each` elements.
#[cfg_attr(not(unoptimised), inline(always))]
fn merged_by_halves<T: Copy, F: Fold<T>, const COMPENSATED: bool>(
    mut lanes: F::Planes<LANES>,
    mut each: usize,
) -> F::State {
    // Written out, as in `each`.
    macro_rules! written_out {
        ($($half:literal: $($k:literal)*;)*) => {$(
            let weights = F::weights(each, each);
            $(lanes.set($k, F::merge::<COMPENSATED>(lanes.get($k), lanes.get($k + $half), weights));)*
            if const { $half == LANES / 4 } {
                lanes = through_memory(lanes);
            }
            each *= 2;
        )*};
    }
    const { assert!(LANES == 16) };
    written_out! { 8: 0 1 2 3 4 5 6 7; 4: 0 1 2 3; 2: 0 1; 1: 0; }
    let _ = each;
    lanes.get(0)
}

/// `[get(0), get(1), ..]`, at least one. The loop is this crate's own, so that it is sure to be
/// inlined into the level's function.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn each<T: Copy, const N: usize>(get: impl Fn(usize) -> T) -> [T; N] {
    let mut all = [const { MaybeUninit::uninit() }; N];
    // Written out: a build for size does not unroll loops, and an array that a loop fills is in
    // memory. Nor does it unroll those that repeat an element.
    macro_rules! written_out {
        ($($k:literal)*) => {$(
            if const { N > $k } {
                all[$k].write(get($k));
            }
        )*};
    }
    written_out!(0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15);
    let mut k = 16;
    while k < N {
        all[k].write(get(k));
        k += 1;
    }
    // SAFETY: each of the `N` has been written, and an array of those that are is as one of what may not be.
    unsafe { core::mem::transmute_copy::<[MaybeUninit<T>; N], [T; N]>(&all) }
}

/// Combines by halves: what is half the length apart first. `N` is a power of 2.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn halved<V: Copy, const N: usize>(mut x: [V; N], combine: impl Fn(V, V) -> V) -> V {
    const { assert!(N.is_power_of_two() && N <= 16) };
    // Written out, as in `each`.
    macro_rules! written_out {
        ($($half:literal: $($k:literal)*;)*) => {$(
            if const { N > $half } {
                $(x[$k] = combine(x[$k], x[$k + $half]);)*
            }
        )*};
    }
    written_out! { 8: 0 1 2 3 4 5 6 7; 4: 0 1 2 3; 2: 0 1; 1: 0; }
    x[0]
}
