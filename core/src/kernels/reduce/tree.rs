//! The summation tree: the order in which the elements of a reduction are combined.
//!
//! The order depends on the number of elements and on whether the lane axis is reduced, and on
//! nothing else: not on the storage, the vector width, the number of threads or the target. So the
//! bits of a sum are the same everywhere.
//!
//! 1. An *accumulator* sees a sequence of elements. Each 16 of them are a *leaf*, which is combined
//!    by halves: element r with element r + 8, then r with r + 4, and so on. Leaves are merged into
//!    the accumulator in turn. The elements after the last whole leaf are merged in pieces of 4,
//!    and then of 1. Means and variances take leaves in segments, and the rest at once: see
//!    [`spread`](super::spread).
//! 2. Across lanes each column is one accumulator. Along lanes a region has 16: element i goes to
//!    accumulator i mod 16 while whole rows of 16 are left. Then the accumulators are merged by
//!    halves. The elements after the last row, fewer than 16, are combined by halves too and come
//!    last.
//! 3. 1024 leaves of each accumulator are a *block*. Blocks are merged in pairs, as a binary
//!    counter adds a carry, and the elements after the last whole block come last. Threads may
//!    split a reduction at blocks.
//!
//! A [`Fold`] defines leaves and merges. The merges of a sum carry its rounding error along, so the
//! error does not grow with the number of leaves. There are two exceptions along lanes: the
//! accumulators of a region of at most 8192 elements are merged with each other without
//! compensation, and in a region of fewer than 256 elements nothing is compensated.

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

/// The number of accumulators of a region along lanes.
pub(crate) const LANES: usize = 16;
/// The number of elements of a leaf.
pub(crate) const LEAF: usize = 16;
/// The number of leaves of each accumulator in a block.
pub(super) const BLOCK: usize = 1024;
/// The number of elements in a block of a region along lanes, of all its accumulators together.
#[cfg(feature = "rayon")]
pub(crate) const BLOCK_ALONG: usize = BLOCK * LEAF * LANES;
/// The maximum number of elements of a region whose accumulators are merged without compensation,
/// which would take longer than the rest.
pub(crate) const PLAIN: usize = 8192;

/// The states of some accumulators, as one array for each part of a state, a plane: the same part
/// of neighbouring states is contiguous, so that it can be loaded as a vector.
pub trait Planes<State>: Copy {
    /// The same state for each accumulator.
    fn splat(state: State) -> Self;
    /// The state of accumulator `k`.
    fn get(&self, k: usize) -> State;
    /// Sets the state of accumulator `k`.
    fn set(&mut self, k: usize, state: State);
    /// Sets the state of each accumulator `k` to `of(k)`.
    fn fill(&mut self, of: impl Fn(usize) -> State);
    /// Replaces the states of the accumulators `at` by the results of `of` for each.
    ///
    /// # Safety
    /// Their states have been set; those of other accumulators need not be.
    unsafe fn change(
        states: &mut MaybeUninit<Self>,
        at: Range<usize>,
        of: impl Fn(usize, State) -> State,
    );
    /// The state of accumulator `k`.
    ///
    /// # Safety
    /// It has been set; the states of other accumulators need not be.
    unsafe fn read(from: &MaybeUninit<Self>, k: usize) -> State;
    /// Sets the state of accumulator `k`, whether or not any has been set.
    ///
    /// # Safety
    /// `k` is below the number of accumulators.
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
            // `k` is in bounds; an index would still leave a panic in the code.
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
            // SAFETY: the caller's promise; `k` is below `N`, the number of elements of plane `p`.
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
            // SAFETY: `k` is below `N`, the number of elements of plane `p`, as it has been set.
            |p| unsafe { first.add(p * N + k).read() },
        )
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn write(to: &mut MaybeUninit<Self>, k: usize, state: [V; P]) {
        let first = to.as_mut_ptr().cast::<V>();
        for (p, value) in state.into_iter().enumerate() {
            // SAFETY: the caller's promise; `k` is below `N`, the number of elements of plane `p`.
            unsafe { first.add(p * N + k).write(value) };
        }
    }
}

/// How elements become a state, and two states become one.
pub trait Fold<T: Copy>: Copy {
    /// The state of an accumulator: what is known of the elements that it has seen.
    type State: Copy + Send;
    /// The states of `N` accumulators.
    type Planes<const N: usize>: Planes<Self::State> + Send;
    /// The factors of a merge, which depend on the two numbers of elements alone.
    type Weights: Copy;
    /// The state of no elements.
    const EMPTY: Self::State;
    /// Whether leaves are taken in segments: a state is [`opened`](Self::opened) for a segment, its
    /// leaves are [`fed`](Self::fed), and then the state is [`settled`](Self::settled).
    const SETTLES: bool = false;
    /// The state of `N` elements, a power of 2.
    fn leaf<const N: usize>(elements: [T; N]) -> Self::State;
    /// The state of the first `count` elements; the others may be any.
    fn few(elements: [T; LANES], count: usize) -> Self::State;
    /// The state of `get(0), .., get(count - 1)`, along lanes, fewer than a leaf of every
    /// accumulator.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn short(count: usize, get: impl Fn(usize) -> T) -> Self::State {
        fold_short::<T, Self>(count, get)
    }
    /// As [`short`](Self::short), for `N` columns side by side: element j of column c is
    /// `get(&row(j), c)`.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn short_columns<L: Copy, const N: usize>(
        count: usize,
        row: impl Fn(usize) -> L,
        get: impl Fn(&L, usize) -> T,
    ) -> Self::Planes<N> {
        fold_columns::<L, T, Self, N>(count, row, get)
    }
    /// The states of a leaf of each of `N` accumulators: `get(r, k)` is element `r` of
    /// accumulator `k`.
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
    /// Merges `a` before `b`, accumulator by accumulator.
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
    /// The weights for a merge of states of `a` and of `b` elements.
    fn weights(a: usize, b: usize) -> Self::Weights;
    /// A settled `state`, opened for a segment whose first leaf these elements are.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn opened<const N: usize>(state: Self::State, elements: [T; N]) -> Self::State {
        let _ = elements;
        state
    }
    /// An open `state` after `N` more elements, a power of 2.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn fed<const N: usize>(state: Self::State, elements: [T; N]) -> Self::State {
        let _ = elements;
        state
    }
    /// The state of all accumulators of a region along lanes, each of which has seen `each`
    /// elements: they are merged by halves, `compensated` or not.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn joined(lanes: Self::Planes<LANES>, each: usize, compensated: bool) -> Self::State {
        if compensated {
            merged_by_halves::<T, Self, true>(lanes, each)
        } else {
            merged_by_halves::<T, Self, false>(lanes, each)
        }
    }
    /// Whether [`joined`](Self::joined) combines all accumulators at once, instead of merging them
    /// two by two.
    const JOINS_ALL: bool = false;
    /// As [`joined`](Self::joined), for each of `N` columns side by side; called if
    /// [`JOINS_ALL`](Self::JOINS_ALL).
    #[cfg_attr(not(unoptimised), inline(always))]
    fn joined_columns<const N: usize>(lanes: [Self::Planes<N>; LANES]) -> Self::Planes<N> {
        lanes[0]
    }
    /// An open `state`, settled, so that others can be merged with it. `weights` are for the
    /// elements before the segment and those of the segment.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn settled(state: Self::State, weights: Self::Weights) -> Self::State {
        let _ = weights;
        state
    }
    /// Whether some states do not determine the result, so that their elements are read again.
    const DOUBTS: bool = false;
    /// Whether the state of `count` elements determines the result.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn is_known(state: Self::State, count: usize) -> bool {
        let _ = (state, count);
        true
    }
    /// The states of `width` columns after their elements have been read again; those that are
    /// [known](Self::is_known) stay. States are passed by value: by reference they would have to be
    /// in memory all the time.
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
    /// The state of the elements of `a`, followed by those of `b`.
    fn merge<const COMPENSATED: bool>(
        a: Self::State,
        b: Self::State,
        weights: Self::Weights,
    ) -> Self::State;
    /// The first pass over the last elements, fewer than a leaf, after a settled `state`; the first
    /// element `begins`. `weights` are for the elements before and these. Called for each of them
    /// before any is [`added`](Self::added).
    #[cfg_attr(not(unoptimised), inline(always))]
    fn near(state: Self::State, element: T, begins: bool, weights: Self::Weights) -> Self::State {
        let _ = (element, begins, weights);
        state
    }
    /// The second pass over the same elements, after [`near`](Self::near).
    #[cfg_attr(not(unoptimised), inline(always))]
    fn added(state: Self::State, element: T, begins: bool, weights: Self::Weights) -> Self::State {
        let _ = (element, begins, weights);
        state
    }
    /// The settled state after both passes. If the elements are `alone`, there were none before.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn finished(state: Self::State, alone: bool, weights: Self::Weights) -> Self::State {
        let _ = (alone, weights);
        state
    }
}

/// Returns `x`, written to memory and read again on targets with vectors. The code before it is
/// then vectorised by whole vectors. The code after it works by halves, and for its sake LLVM would
/// otherwise shuffle all vectors, or make pairs.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn through_memory<V>(x: V) -> V {
    if HAS_VECTORS { core::hint::black_box(x) } else { x }
}

/// The state of all accumulators of a region along lanes, each of which has seen `each` elements.
#[cfg_attr(not(unoptimised), inline(always))]
fn merged_by_halves<T: Copy, F: Fold<T>, const COMPENSATED: bool>(
    mut lanes: F::Planes<LANES>,
    mut each: usize,
) -> F::State {
    // Unrolled by hand, as in `each`.
    macro_rules! written_out {
        ($($half:literal: $($k:literal)*;)*) => {$(
            let weights = F::weights(each, each);
            $(lanes.set(
                $k,
                F::merge::<COMPENSATED>(lanes.get($k), lanes.get($k + $half), weights),
            );)*
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

/// `[get(0), get(1), ..]`, in place of `core::array::from_fn`, which is not sure to be inlined into
/// the function of the SIMD level.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn each<T: Copy, const N: usize>(get: impl Fn(usize) -> T) -> [T; N] {
    let mut all = [const { MaybeUninit::uninit() }; N];
    // Unrolled by hand: a build for size unrolls no loops, not even those that repeat an element,
    // and an array that a loop fills is in memory.
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
    // SAFETY: all `N` elements have been written, and `[MaybeUninit<T>; N]` has the layout of
    // `[T; N]`.
    unsafe { core::mem::transmute_copy::<[MaybeUninit<T>; N], [T; N]>(&all) }
}

/// Combines `N` values, a power of 2, by halves: first those that are half the length apart.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn halved<V: Copy, const N: usize>(mut x: [V; N], combine: impl Fn(V, V) -> V) -> V {
    const { assert!(N.is_power_of_two() && N <= 16) };
    // Unrolled by hand, as in `each`.
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
