//! The summation tree: the order in which the elements of a reduction are combined.
//!
//! The order depends only on the number of elements and on whether the lane axis is among the
//! reduced axes. It does not depend on the storage, the width of SIMD vectors, the number of
//! threads or the target. So the bits of a sum are the same everywhere.
//!
//! 1. An *accumulator* sees a sequence of elements. Each 16 consecutive elements are a *leaf*,
//!    which is combined by halves: element r with element r + 8, then r with r + 4, and so on.
//!    Leaves are merged into the accumulator in turn. The elements after the last whole leaf are
//!    merged in pieces of 4, and then of 1. Means and variances merge leaves in segments, and the
//!    elements after the last whole leaf all at once: see [`spread`](super::spread).
//! 2. Across lanes each column has one accumulator. Along lanes a region has 16: element i goes to
//!    accumulator i mod 16 while whole rows of 16 elements are left. Then the accumulators are
//!    merged by halves. The elements after the last whole row, fewer than 16, are also combined by
//!    halves, and are merged last.
//! 3. 1024 leaves of each accumulator are a *block*. Blocks are merged in pairs, as a binary
//!    counter adds a carry, and the elements after the last whole block are merged last. Threads
//!    may share a region, in whole blocks.
//!
//! A [`Fold`] defines how a leaf is combined and how two states are merged. The merges of a sum
//! carry its rounding error along, so the error does not grow with the number of leaves. There are
//! two exceptions along lanes: the accumulators of a region of at most 8192 elements are merged
//! with each other without compensation, and a region of fewer than 256 elements is summed without
//! compensation.

use core::mem::MaybeUninit;
use core::ops::Range;

use crate::kernels::reduce::elements::Elements;
use crate::kernels::reduce::tree::short::fold_short;
use crate::run::adder::Adder;
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
/// The number of elements in a block of a region along lanes: the leaves of all 16 accumulators.
#[cfg(feature = "rayon")]
pub(crate) const BLOCK_ALONG: usize = BLOCK * LEAF * LANES;
/// The maximum number of elements of a region along lanes whose accumulators are merged without
/// compensation. For so few elements compensated merges would take longer than everything else in
/// the fold.
pub(crate) const PLAIN: usize = 8192;

/// The states of some accumulators. A state has several parts, such as a sum and its rounding
/// error. The same part of all states is one array, a *plane*, so that it is loaded as whole SIMD
/// vectors.
pub trait Planes<State>: Copy {
    /// Planes in which each accumulator has the state `state`.
    fn splat(state: State) -> Self;
    /// The state of accumulator `k`.
    fn get(&self, k: usize) -> State;
    /// Sets the state of accumulator `k`.
    fn set(&mut self, k: usize, state: State);
    /// Sets the state of each accumulator `k` to `of(k)`.
    fn fill(&mut self, of: impl Fn(usize) -> State);
    /// Replaces the state of each accumulator `k` in the range `at` by `of(k, state)`.
    ///
    /// # Safety
    /// The states of the accumulators in the range `at` have been set. Other states need not have
    /// been set.
    unsafe fn change(
        states: &mut MaybeUninit<Self>,
        at: Range<usize>,
        of: impl Fn(usize, State) -> State,
    );
    /// The state of accumulator `k`.
    ///
    /// # Safety
    /// The state of accumulator `k` has been set. Other states need not have been set.
    unsafe fn read(from: &MaybeUninit<Self>, k: usize) -> State;
    /// Sets the state of accumulator `k`. The states in `to` need not have been set before.
    ///
    /// # Safety
    /// `k` is less than the number of accumulators.
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
            // `get_mut` instead of an index, as the compiler cannot prove that `k` is in bounds and
            // would leave a panic in the code.
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
            // SAFETY: the caller has set the state of accumulator `k`, so `k` is less than `N`, the
            // length of plane `p`.
            let state = of(
                k,
                each(
                    #[cfg_attr(not(unoptimised), inline(always))]
                    |p| unsafe { *first.add(p * N + k) },
                ),
            );
            let mut p = 0;
            while p < P {
                // SAFETY: `p` is less than `P`, the number of planes, and `k` is less than `N`, the
                // length of a plane.
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
            // SAFETY: the caller has set the state of accumulator `k`, so `k` is less than `N`, the
            // length of plane `p`.
            |p| unsafe { first.add(p * N + k).read() },
        )
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn write(to: &mut MaybeUninit<Self>, k: usize, state: [V; P]) {
        let first = to.as_mut_ptr().cast::<V>();
        for (p, value) in state.into_iter().enumerate() {
            // SAFETY: `p` is less than `P`, the number of planes, and the caller promises that `k`
            // is less than `N`, the length of a plane.
            unsafe { first.add(p * N + k).write(value) };
        }
    }
}

/// The rule by which elements become a state, and two states become one.
pub trait Fold<T: Copy>: Copy {
    /// The state of an accumulator: what is known of the elements that it has seen.
    type State: Copy + Send;
    /// The states of `N` accumulators.
    type Planes<const N: usize>: Planes<Self::State> + Send;
    /// Factors that a merge needs. They depend only on the numbers of elements of the two states.
    type Weights: Copy;
    /// The state of no elements.
    const EMPTY: Self::State;
    /// Whether leaves are added in segments: a state is [`opened`](Self::opened) for a segment, it
    /// is [`fed`](Self::fed) the leaves of the segment, and then it is [`settled`](Self::settled).
    const SETTLES: bool = false;
    /// The state of `N` elements; `N` is a power of 2.
    fn leaf<const N: usize>(elements: [T; N]) -> Self::State;
    /// The state of the first `count` of `elements`. The values of the other elements do not
    /// matter.
    fn few(elements: [T; LANES], count: usize) -> Self::State;
    /// The state of a region along lanes, which has the elements `get(0), .., get(count - 1)`.
    /// `count` is less than 256, so the region has no whole leaf for each of the 16 accumulators.
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
    /// The states of `N` accumulators, each of which has seen one leaf of `R` elements: `get(r, k)`
    /// is element `r` of accumulator `k`.
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
    /// Merges each state of `a` with the state of the same accumulator in `b`, whose elements come
    /// after those of `a`.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn merge_all<const COMPENSATED: bool, const N: usize>(
        a: Self::Planes<N>,
        b: Self::Planes<N>,
        weights: Self::Weights,
    ) -> Self::Planes<N> {
        let mut both = MaybeUninit::new(b);
        // SAFETY: `both` is initialised with `b`, so all states in it have been set.
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
    /// The weights for a merge of a state of `a` elements with a state of `b` elements.
    fn weights(a: usize, b: usize) -> Self::Weights;
    /// Opens a segment in `state`, which is settled. `elements` are the first leaf of the segment.
    /// This function does not add them to the state: the caller passes them to [`fed`](Self::fed)
    /// next.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn opened<const N: usize>(state: Self::State, elements: [T; N]) -> Self::State {
        let _ = elements;
        state
    }
    /// Adds `N` elements to `state`, in which a segment is open; `N` is a power of 2.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn fed<const N: usize>(state: Self::State, elements: [T; N], adder: Adder) -> Self::State {
        let _ = (elements, adder);
        state
    }
    /// The state of a whole region along lanes, from its 16 accumulators, each of which has seen
    /// `each` elements. The accumulators are merged by halves; `compensated` says whether these
    /// merges are compensated.
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
    /// As [`joined`](Self::joined), for each of `N` columns side by side. It is called only if
    /// [`JOINS_ALL`](Self::JOINS_ALL) is true, so a fold for which `JOINS_ALL` is false need not
    /// define this function.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn joined_columns<const N: usize>(lanes: [Self::Planes<N>; LANES]) -> Self::Planes<N> {
        lanes[0]
    }
    /// Settles `state`: merges its open segment with the elements before the segment, so that the
    /// state can be merged with others. `weights` are those for the number of elements before the
    /// segment and the number of elements in the segment.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn settled(state: Self::State, weights: Self::Weights, adder: Adder) -> Self::State {
        let _ = (weights, adder);
        state
    }
    /// Whether a state may fail to determine the result, for example because a square overflowed.
    /// The elements of such a state are then read [`again`](Self::again).
    const DOUBTS: bool = false;
    /// Whether the state of `count` elements determines the result.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn is_known(state: Self::State, count: usize) -> bool {
        let _ = (state, count);
        true
    }
    /// Reads the elements of `width` columns again and returns the states of the columns. States
    /// that are [known](Self::is_known) stay as they are. `states` is passed by value, because
    /// states that are passed by reference have to be in memory all the time.
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
    /// The first of two passes over the elements after the last whole leaf. It is called for each
    /// of these elements before [`added`](Self::added) is called for any. Before the first call,
    /// for which `begins` is true, `state` is settled. `weights` are those for the number of
    /// elements in whole leaves and the number of elements after the last whole leaf.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn near(state: Self::State, element: T, begins: bool, weights: Self::Weights) -> Self::State {
        let _ = (element, begins, weights);
        state
    }
    /// A step of the second pass: returns `state` with `element` added to it. It is called for each
    /// element for which [`near`](Self::near) has been called, with the same arguments.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn added(state: Self::State, element: T, begins: bool, weights: Self::Weights) -> Self::State {
        let _ = (element, begins, weights);
        state
    }
    /// Settles `state` after the passes of [`near`](Self::near) and [`added`](Self::added). `alone`
    /// says that no whole leaf comes before the elements of these passes.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn finished(state: Self::State, alone: bool, weights: Self::Weights) -> Self::State {
        let _ = (alone, weights);
        state
    }
}

/// Returns `x`. On targets with vectors `x` is written to memory and read again, which separates
/// the code that computes `x` from the code that uses it. So `x` is computed in whole vectors.
/// Otherwise LLVM would adapt the computation of `x` to its use, in which values are combined by
/// halves: LLVM would shuffle the elements of all vectors, or use vectors of two elements.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn through_memory<V>(x: V) -> V {
    if HAS_VECTORS { core::hint::black_box(x) } else { x }
}

/// Merges, by halves, the 16 accumulators of a region along lanes, each of which has seen `each`
/// elements.
#[cfg_attr(not(unoptimised), inline(always))]
fn merged_by_halves<T: Copy, F: Fold<T>, const COMPENSATED: bool>(
    mut lanes: F::Planes<LANES>,
    mut each: usize,
) -> F::State {
    // Unrolled by hand, because a build for size unrolls no loops.
    macro_rules! written_out {
        ($states:ident; $($half:literal: $($k:literal)*;)*) => {$(
            let weights = F::weights(each, each);
            $($states.set(
                $k,
                F::merge::<COMPENSATED>($states.get($k), $states.get($k + $half), weights),
            );)*
            each *= 2;
        )*};
    }
    const { assert!(LANES == 16) };
    written_out! { lanes; 8: 0 1 2 3 4 5 6 7; 4: 0 1 2 3; }
    if const { !HAS_VECTORS } {
        written_out! { lanes; 2: 0 1; 1: 0; }
        let _ = each;
        return lanes.get(0);
    }
    // Only the 4 states that are left go through memory. When all 16 did, LLVM shuffled the elements
    // before.
    let mut left = F::Planes::<{ LANES / 4 }>::splat(F::EMPTY);
    left.fill(
        #[cfg_attr(not(unoptimised), inline(always))]
        |k| lanes.get(k),
    );
    let mut left = through_memory(left);
    written_out! { left; 2: 0 1; 1: 0; }
    let _ = each;
    left.get(0)
}

/// `[get(0), get(1), ..]`, in place of `core::array::from_fn`, which is not sure to be inlined into
/// the function of the SIMD level.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn each<T: Copy, const N: usize>(get: impl Fn(usize) -> T) -> [T; N] {
    let mut all = [const { MaybeUninit::uninit() }; N];
    // Unrolled by hand: a build for size unrolls no loops, and an array that a loop fills is in
    // memory instead of registers.
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

/// Combines `N` values by halves: first value `k` with value `k + N / 2`, for each `k` below
/// `N / 2`, then the `N / 2` results in the same way. `N` is a power of 2.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn halved<V: Copy, const N: usize>(mut x: [V; N], combine: impl Fn(V, V) -> V) -> V {
    const { assert!(N.is_power_of_two() && N <= 16) };
    // Unrolled by hand, because a build for size unrolls no loops.
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
