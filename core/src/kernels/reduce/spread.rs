//! The fold for means and variances.
//!
//! Elements and their squares are not summed themselves. Instead an anchor, a number amid the
//! elements, is subtracted from each, and these deviations and their squares are summed. So no
//! precision is lost however far from 0 the elements are. The subtraction is exact if the element
//! is close to the anchor, as Sterbenz has shown; otherwise the deviation is rounded once.
//!
//! 1. Two passes are made over the first leaf of an accumulator, while it is in registers: the
//!    first computes the anchor, which is the rounded mean of the leaf, and the second sums the
//!    deviations. Their sum tells how far the anchor is from the exact mean.
//! 2. The leaves after the first are added in segments. The anchor of a segment is the rounded mean
//!    of the first leaf of the segment. The length of a segment is a power of 2 from 16 to 128. A
//!    segment that is longer than 16 has at most a quarter as many elements as come before it. So
//!    the result hardly suffers if its elements turn out to be far from its anchor.
//! 3. At the end of a segment the state is *settled*: the segment is merged with the elements
//!    before the segment. The elements after the last whole leaf, fewer than 16, are a segment
//!    whose anchor is their own mean, so they are read twice. All other elements are read, and
//!    computed, once.
//! 4. States are merged by the pairwise formula of Chan, Golub and LeVeque ("Updating formulae and
//!    a pairwise algorithm for computing sample variances", 1979), which uses the difference of the
//!    means.
//!
//! Over a region of fewer than 256 elements along lanes, two passes are made instead, without
//! segments ([`Fold::short`]).
//!
//! With a single anchor for all elements, means were 1.75 ULP off in a simulation of elements that
//! come in clusters. An anchor for each leaf would take a third more additions.
//!
//! A mean is stored as a rounded number plus its rounding error, since that error may be larger
//! than the deviations. The sum of squares is also stored with what its rounding has lost. If all
//! elements are equal, every step is exact and the variance is 0.
//!
//! If something overflows, if an element is infinite or NaN, or if the elements are so small that
//! their squares are 0, the cold function `scaled::again` reads the elements again and measures
//! them in other units.

#![expect(
    clippy::redundant_closure,
    reason = "a call by reference to a closure is std's, which is not sure to be inlined into the level's function"
)]

pub(crate) mod found;
mod scaled;
mod sums;

use sums::Sums;

use self::found::Found;
use crate::element::Float;
use crate::kernels::reduce::elements::Elements;
use crate::kernels::reduce::sums::{Combined, Plus, first, square, two_sum, two_sum_by};
use crate::kernels::reduce::tree::short::fold_short;
use crate::kernels::reduce::tree::{Fold, LANES, Planes, each, fold_columns, halved};
use crate::run::adder::Adder;

/// The fold for the mean alone.
pub type Center = Deviations<4>;
/// The fold for the mean and the sum of squared deviations from it.
pub type Spread = Deviations<7>;

/// The fold of deviations, whose state has `P` parts: 4 for the mean alone, 7 with the squares.
#[derive(Clone, Copy, Debug)]
pub struct Deviations<const P: usize>;

/// The weights for a merge of a state of `a` elements with a state of `b` elements.
#[derive(Clone, Copy, Debug)]
pub struct MergeWeights<T> {
    /// `1 / a`; 1 if `a` is 0.
    before: T,
    /// The number `b`, as a float.
    count: T,
    /// `1 / b`, which is exact if `b` is a power of 2.
    part: T,
    /// `b / (a + b)`.
    share: T,
    /// `a * b / (a + b)`.
    weight: T,
}

/// The rounded sum `a + b` and its rounding error, by Dekker's FastTwoSum. The error is exact if
/// the magnitude of `a` is at least that of `b`; otherwise the error is off by the rounding of
/// `sum - a`, a number near `b`.
#[cfg_attr(not(unoptimised), inline(always))]
fn parts<T: Float>(a: T, b: T) -> [T; 2] {
    let sum = a.plus(b);
    [sum, b.minus(sum.minus(a))]
}

/// The first `P` parts of a state that has all 7 parts.
#[cfg_attr(not(unoptimised), inline(always))]
fn kept<T: Float, const P: usize>(state: [T; 7]) -> [T; P] {
    each(
        #[cfg_attr(not(unoptimised), inline(always))]
        |p| state[p],
    )
}
/// `state` extended to all 7 parts; the parts that it lacks are 0.
#[cfg_attr(not(unoptimised), inline(always))]
fn whole<T: Float, const P: usize>(state: [T; P]) -> [T; 7] {
    each(
        #[cfg_attr(not(unoptimised), inline(always))]
        |p| if p < P { state[p] } else { T::ZERO },
    )
}

/// As [`whole`], for the planes of neighbours.
#[cfg_attr(not(unoptimised), inline(always))]
fn whole_planes<T: Float, const P: usize, const N: usize>(planes: [[T; N]; P]) -> [[T; N]; 7] {
    each(
        #[cfg_attr(not(unoptimised), inline(always))]
        |p| if p < P { planes[p] } else { [T::ZERO; N] },
    )
}

/// The rounded mean of `N` elements; `N` is a power of 2. The elements are divided by `N` before
/// they are summed, because the sum of undivided elements could overflow.
#[cfg_attr(not(unoptimised), inline(always))]
fn mean_of<T: Float, const N: usize>(elements: [T; N]) -> T {
    let shares = each::<T, N>(
        #[cfg_attr(not(unoptimised), inline(always))]
        |k| elements[k].times(T::ONE.divided(T::of_count(N))),
    );
    halved(shares, T::plus)
}

/// The sum of squared deviations from the mean. `squares` is the sum of squared deviations from
/// another number, and `more` is what must be subtracted from it. The result is at least +0.0: a
/// negative difference, which occurs if `squares` underflowed to 0 and `more` did not, becomes 0.
#[cfg_attr(not(unoptimised), inline(always))]
fn around<T: Float>(squares: T, more: T) -> T {
    let left = squares.minus(more);
    if left <= T::ZERO { T::ZERO } else { left }
}

/// The settled state of some elements. Their deviations from `from` have the sum `sum` and the mean
/// `moved`, and the squares of these deviations have the sum `squares`.
#[cfg_attr(not(unoptimised), inline(always))]
fn about<T: Float>(from: T, [sum, squares]: [T; 2], moved: T) -> [T; 7] {
    settled(parts(from, moved), [around(squares, sum.times(moved)), T::ADDITIVE_IDENTITY])
}

/// `a - b`, computed as `adder` says.
#[cfg_attr(not(unoptimised), inline(always))]
fn minus<T: Float>(a: T, b: T, adder: Adder) -> T {
    #[cfg(all(feature = "std", any(target_arch = "x86", target_arch = "x86_64")))]
    if let Some(factor) = adder.factor {
        return a.times_plus(T::of_f64(factor), b.negated());
    }
    let _ = adder;
    a.minus(b)
}

/// The mean of all elements of two states whose means are `a` and `b`; and the difference `b - a`.
/// `shares` are the weights for a merge of the two states. Each mean is a rounded number and its
/// rounding error.
#[cfg_attr(not(unoptimised), inline(always))]
fn met<T: Float>(a: [T; 2], b: [T; 2], shares: MergeWeights<T>, adder: Adder) -> ([T; 2], T) {
    // With a fused adder, about half of the operations run in the units that multiply.
    let (differ, lost) = two_sum_by(
        b[0],
        a[0].negated(),
        #[cfg_attr(not(unoptimised), inline(always))]
        |a, b| minus(a, b, adder),
    );
    let beside = lost.plus(minus(b[1], a[1], adder));
    let (mean, rest) = two_sum_by(
        a[0],
        differ.times(shares.share),
        #[cfg_attr(not(unoptimised), inline(always))]
        |a, b| minus(a, b, adder),
    );
    let rest = rest.plus(a[1].plus(beside.times(shares.share)));
    (parts(mean, rest), differ.plus(beside))
}

/// The settled state with the mean `mean + rest` and the sum `squares + lost` of squared
/// deviations.
#[cfg_attr(not(unoptimised), inline(always))]
fn settled<T: Float>([mean, rest]: [T; 2], [squares, lost]: [T; 2]) -> [T; 7] {
    [mean, rest, T::ZERO, T::ZERO, squares, lost, T::ZERO]
}

impl<const P: usize, T: Float> Fold<T> for Deviations<P> {
    /// `[mean, rest, from, sum]` if `P` is 4, and `[mean, rest, from, sum, squares, lost, summed]`
    /// if it is 7.
    ///
    /// - The elements before the open segment have the mean `mean + rest`, and the sum
    ///   `squares + lost` of squared deviations from that mean.
    /// - The elements of the open segment have the anchor `from`. The sum of their deviations from
    ///   `from` is `sum`, and the sum of the squares of these deviations is `summed`.
    type State = [T; P];
    type Planes<const N: usize> = [[T; N]; P];
    type Weights = MergeWeights<T>;
    const EMPTY: [T; P] = [T::ADDITIVE_IDENTITY; P];
    const SETTLES: bool = true;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn leaf<const N: usize>(elements: [T; N]) -> [T; P] {
        let from = mean_of(elements);
        let deviations = each::<T, N>(
            #[cfg_attr(not(unoptimised), inline(always))]
            |k| elements[k].minus(from),
        );
        let sums = Sums::<2>::leaf_near(deviations);
        kept(about(from, sums, sums[0].divided(T::of_count(N))))
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn few(elements: [T; LANES], count: usize) -> [T; P] {
        let shares = each::<T, LANES>(
            #[cfg_attr(not(unoptimised), inline(always))]
            |k| elements[k].times(T::ONE.divided(T::of_count(LANES))),
        );
        let of_count = T::of_count(count);
        let from =
            halved(first(shares, count), T::plus).times(T::of_count(LANES).divided(of_count));
        let deviations = each::<T, LANES>(
            #[cfg_attr(not(unoptimised), inline(always))]
            |k| elements[k].minus(from),
        );
        let sums = Sums::<2>::few(deviations, count);
        kept(about(from, sums, sums[0].divided(of_count)))
    }
    /// Two passes over all elements: the rounded mean, then the deviations from it.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn short(count: usize, get: impl Fn(usize) -> T) -> [T; P] {
        let [sum] = fold_short::<T, Combined<Plus>>(
            count,
            #[cfg_attr(not(unoptimised), inline(always))]
            |k| get(k),
        );
        let of_count = T::of_count(count);
        let from = sum.divided(of_count);
        let sums = if const { P > 4 } {
            fold_short::<T, Sums<2>>(
                count,
                #[cfg_attr(not(unoptimised), inline(always))]
                |k| get(k).minus(from),
            )
        } else {
            let [sum] = fold_short::<T, Sums<1>>(
                count,
                #[cfg_attr(not(unoptimised), inline(always))]
                |k| get(k).minus(from),
            );
            [sum, T::ZERO]
        };
        kept(about(from, sums, sums[0].divided(of_count)))
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn short_columns<L: Copy, const N: usize>(
        count: usize,
        row: impl Fn(usize) -> L,
        get: impl Fn(&L, usize) -> T,
    ) -> [[T; N]; P] {
        let [mut from] = fold_columns::<L, T, Combined<Plus>, N>(
            count,
            #[cfg_attr(not(unoptimised), inline(always))]
            |j| row(j),
            #[cfg_attr(not(unoptimised), inline(always))]
            |lane: &L, c| get(lane, c),
        );
        let of_count = T::of_count(count);
        for from in &mut from {
            *from = from.divided(of_count);
        }
        let sums = if const { P > 4 } {
            fold_columns::<L, T, Sums<2>, N>(
                count,
                row,
                #[cfg_attr(not(unoptimised), inline(always))]
                |lane, c| get(lane, c).minus(from[c]),
            )
        } else {
            let [sums] = fold_columns::<L, T, Sums<1>, N>(
                count,
                row,
                #[cfg_attr(not(unoptimised), inline(always))]
                |lane, c| get(lane, c).minus(from[c]),
            );
            [sums, [T::ZERO; N]]
        };
        let mut states = Self::Planes::<N>::splat(Self::EMPTY);
        for (c, &from) in from.iter().enumerate() {
            let sums: [T; 2] = Planes::get(&sums, c);
            states.set(c, kept(about(from, sums, sums[0].divided(of_count))));
        }
        states
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn weights(a: usize, b: usize) -> MergeWeights<T> {
        let count = T::of_count(b);
        let both = T::of_count(a.saturating_add(b));
        let share = count.divided(both);
        let before = if a == 0 { T::ONE } else { T::ONE.divided(T::of_count(a)) };
        MergeWeights {
            before,
            count,
            part: T::ONE.divided(count),
            share,
            weight: T::of_count(a).times(share),
        }
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn opened<const N: usize>(state: [T; P], elements: [T; N]) -> [T; P] {
        let [mean, rest, _, _, squares, lost, _] = whole(state);
        kept([mean, rest, mean_of(elements), T::ZERO, squares, lost, T::ZERO])
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn fed<const N: usize>(state: [T; P], elements: [T; N], adder: Adder) -> [T; P] {
        let [mean, rest, from, sum, squares, lost, summed] = whole(state);
        let deviations = each::<T, N>(
            #[cfg_attr(not(unoptimised), inline(always))]
            |k| minus(elements[k], from, adder),
        );
        let [more, more_squares] = Sums::<2>::leaf(deviations);
        kept([mean, rest, from, sum.plus(more), squares, lost, summed.plus(more_squares)])
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn settled(state: [T; P], shares: MergeWeights<T>, adder: Adder) -> [T; P] {
        let [mean, rest, from, sum, squares, lost, summed] = whole(state);
        let moved = sum.times(shares.part);
        let (mean, apart) = met([mean, rest], [from, moved], shares, adder);
        let more = around(summed, sum.times(moved)).plus(apart.times(apart.times(shares.weight)));
        let [squares, lost_here] = parts(squares, more);
        kept(settled(mean, [squares, lost.plus(lost_here)]))
    }
    /// The means of the 16 accumulators are treated as elements, each of which stands for
    /// `each_seen` elements. Two passes are made over these means, as over the elements of a leaf.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn joined(lanes: [[T; LANES]; P], each_seen: usize, _: bool) -> [T; P] {
        let [means, rests, _, _, squares, lost, _] = whole_planes(lanes);
        let from = mean_of(means);
        let apart = each::<T, LANES>(
            #[cfg_attr(not(unoptimised), inline(always))]
            |k| means[k].minus(from).plus(rests[k]),
        );
        let sums = Sums::<2>::near(apart);
        let moved = sums[0].divided(T::of_count(LANES));
        let [mean, rest, _, _, between, ..] = about(from, sums, moved);
        let within = each::<T, LANES>(
            #[cfg_attr(not(unoptimised), inline(always))]
            |k| squares[k].plus(lost[k]),
        );
        let squares = halved(within, T::plus).plus(between.times(T::of_count(each_seen)));
        kept(settled([mean, rest], [squares, T::ADDITIVE_IDENTITY]))
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn merge<const COMPENSATED: bool>(a: [T; P], b: [T; P], shares: MergeWeights<T>) -> [T; P] {
        let [a_mean, a_rest, _, _, a_squares, a_lost, _] = whole(a);
        let [b_mean, b_rest, _, _, b_squares, b_lost, _] = whole(b);
        let (mean, apart) = met([a_mean, a_rest], [b_mean, b_rest], shares, Adder::PLAIN);
        let between = apart.times(apart.times(shares.weight));
        let squares = if COMPENSATED {
            let (both, lost) = two_sum(a_squares, b_squares);
            let (all, lost_here) = two_sum(both, between);
            [all, a_lost.plus(b_lost).plus(lost).plus(lost_here)]
        } else {
            [a_squares.plus(b_squares.plus(between)), a_lost.plus(b_lost)]
        };
        kept(settled(mean, squares))
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn near(state: [T; P], element: T, begins: bool, shares: MergeWeights<T>) -> [T; P] {
        let [mean, rest, from, sum, squares, lost, summed] = whole(state);
        let from = if begins { element } else { from };
        let sum = sum.plus(element.minus(from).times(shares.part));
        kept([mean, rest, from, sum, squares, lost, summed])
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn added(state: [T; P], element: T, begins: bool, shares: MergeWeights<T>) -> [T; P] {
        let [mean, rest, from, sum, squares, lost, summed] = whole(state);
        let (from, sum) = if begins { (from.plus(sum), T::ZERO) } else { (from, sum) };
        let deviation = element.minus(from);
        let (sum, lost_here) = two_sum(sum, deviation);
        // The state has no part for `lost_here`, the rounding error of `sum`. So `lost_here` is
        // divided by the number of elements in whole leaves (`shares.before` is 1 divided by that
        // number), and added to the mean of these elements. That changes the mean of all elements
        // as much as adding `lost_here` to `sum` would. If there are no whole leaves,
        // `shares.before` is 1, `rest` holds nothing else, and `finished` adds `rest` to `sum`.
        let rest = rest.plus(lost_here.times(shares.before));
        let (summed, lost_here) = two_sum(summed, square(deviation));
        kept([mean, rest, from, sum, squares, lost.plus(lost_here), summed])
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn finished(state: [T; P], alone: bool, shares: MergeWeights<T>) -> [T; P] {
        let [_, rest, from, sum, _, lost, summed] = whole(state);
        let (sum, summed) = if alone { (sum.plus(rest), summed.plus(lost)) } else { (sum, summed) };
        let few = kept(about(from, [sum, summed], sum.divided(shares.count)));
        if alone { few } else { Self::merge::<true>(state, few, shares) }
    }
    const DOUBTS: bool = true;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn is_known(state: [T; P], count: usize) -> bool {
        let found = Found::of(state, count);
        found.is_finite() & !found.may_be_tiny()
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn again<E: Copy, const N: usize>(
        elements: impl Elements<E>,
        map: impl Fn(E) -> T,
        width: usize,
        states: [[T; N]; P],
    ) -> [[T; N]; P] {
        scaled::again(elements, map, width, states)
    }
}
