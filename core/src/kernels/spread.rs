//! Means and variances: what the tree folds for them.
//!
//! Elements are not summed, nor squared: their deviations from a number in their midst are, so that
//! nothing is lost however far from 0 they are. The subtraction of that number is exact where it is
//! close, as Sterbenz has shown, and rounds the deviation itself where it is not.
//!
//! 1. The first piece of an accumulator, 16, 4 or 1 elements, takes two passes, over registers: the
//!    mean of the piece, rounded, is its anchor, and deviations are from it. Their sum says how far
//!    the anchor is from the mean. The next pieces of up to 64 elements are taken alike, and merged
//!    with it. So few elements do not make up for each other's rounding: their sums are with what
//!    they lose.
//! 2. Deviations of later pieces are from the mean so far, rounded. They and their squares are
//!    summed apart from what came before.
//! 3. When an accumulator has seen twice as many elements as when its anchor was taken, or 256
//!    more, it is *settled*: the two sums are merged with what came before, and the mean of all,
//!    rounded, is the anchor of what comes next. So the squares of deviations from an anchor are at
//!    most about twice as large as what they add to the result, and what cancels is no more than
//!    that, in whatever order the elements come.
//! 4. States are merged by the pairwise formula of Chan, Golub and LeVeque ("Updating formulae and
//!    a pairwise algorithm for computing sample variances", 1979), of differences of means.
//!
//! A mean is kept in two parts, as the rounding of one could be larger than the deviations, and the
//! sum of squares with what its rounding has lost. Where all elements are equal every step is
//! exact, and the variance 0. What overflows is done again, in [`scaled`](super::scaled).

#![expect(
    clippy::redundant_closure,
    reason = "a call by reference to a closure is std's, which is not sure to be inlined into the level's function"
)]

use super::beside::fold_columns;
use super::fold::{Combined, Plus, first, square, two_sum};
use super::reduce::{Columns, Region};
use super::scaled::{again, again_one, is_tiny};
use super::short::fold_short;
use super::tree::{Fold, LANES, Planes, each, halved};
use crate::element::Float;

/// The mean alone.
pub(crate) type Center = Deviations<4>;
/// The mean and the sum of squared deviations from it.
pub(crate) type Spread = Deviations<7>;

/// A state is `[mean, rest, from, sum]`, or `[mean, rest, from, sum, squares, lost, summed]`, by `P`.
/// The mean of what is settled is `mean + rest`, the sum of its squared deviations from that
/// `squares + lost`; of what is not yet, `sum` is the sum of the deviations from `from`, `summed`
/// that of their squares.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deviations<const P: usize>;

/// What a merge takes of the counts `a` and `b`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shares<T> {
    /// `1 / b`, exactly where that is a power of 2.
    part: T,
    /// `b / (a + b)`.
    share: T,
    /// `a * b / (a + b)`.
    weight: T,
}

/// `a + b` in two parts, exactly if `a` is not the smaller one; else the second is off by the
/// rounding of `b` at most (Dekker's FastTwoSum).
#[inline(always)]
fn parts<T: Float>(a: T, b: T) -> [T; 2] {
    let sum = a.plus(b);
    [sum, b.minus(sum.minus(a))]
}

/// The parts of a whole state that are kept.
#[inline(always)]
fn kept<T: Float, const P: usize>(state: [T; 7]) -> [T; P] {
    each(
        #[inline(always)]
        |p| state[p],
    )
}
/// The whole state; what is not kept is 0.
#[inline(always)]
fn whole<T: Float, const P: usize>(state: [T; P]) -> [T; 7] {
    each(
        #[inline(always)]
        |p| if p < P { state[p] } else { T::ZERO },
    )
}

/// The same of neighbours.
#[inline(always)]
fn whole_planes<T: Float, const P: usize, const N: usize>(planes: [[T; N]; P]) -> [[T; N]; 7] {
    each(
        #[inline(always)]
        |p| if p < P { planes[p] } else { [T::ZERO; N] },
    )
}

/// The mean of `N` elements, a power of 2, rounded; it does not overflow, as their sum could.
#[inline(always)]
fn mean_of<T: Float, const N: usize>(elements: [T; N]) -> T {
    let shares = each::<T, N>(
        #[inline(always)]
        |k| elements[k].times(T::ONE.divided(T::of_count(N))),
    );
    halved(shares, T::plus)
}

/// The state of elements whose deviations from `from` have the sum `sum`, of which each has the part
/// `moved`, and their squares the sum `squares`.
#[inline(always)]
fn about<T: Float>(from: T, [sum, squares]: [T; 2], moved: T) -> [T; 7] {
    settled(parts(from, moved), [squares.minus(sum.times(moved)), T::NOTHING])
}

/// The mean of all of two parts of some elements, whose means these are, and how far the second is
/// from the first.
#[inline(always)]
fn met<T: Float>(a: [T; 2], b: [T; 2], shares: Shares<T>) -> ([T; 2], T) {
    let (differ, lost) = two_sum(b[0], a[0].negated());
    let beside = lost.plus(b[1].minus(a[1]));
    let (mean, rest) = two_sum(a[0], differ.times(shares.share));
    let rest = rest.plus(a[1].plus(beside.times(shares.share)));
    (parts(mean, rest), differ.plus(beside))
}

/// The state of which nothing is open.
#[inline(always)]
fn settled<T: Float>([mean, rest]: [T; 2], [squares, lost]: [T; 2]) -> [T; 7] {
    [mean, rest, T::ZERO, T::ZERO, squares, lost, T::ZERO]
}

impl<const P: usize, T: Float> Fold<T> for Deviations<P> {
    type State = [T; P];
    type Planes<const N: usize> = [[T; N]; P];
    type Weights = Shares<T>;
    const NOTHING: [T; P] = [T::NOTHING; P];
    const SETTLES: bool = true;
    #[inline(always)]
    fn leaf<const N: usize>(elements: [T; N]) -> [T; P] {
        let from = mean_of(elements);
        let deviations = each::<T, N>(
            #[inline(always)]
            |k| elements[k].minus(from),
        );
        let sums = Sums::<2>::leaf_near(deviations);
        kept(about(from, sums, sums[0].divided(T::of_count(N))))
    }
    #[inline(always)]
    fn few(elements: [T; LANES], count: usize) -> [T; P] {
        let shares = each::<T, LANES>(
            #[inline(always)]
            |k| elements[k].times(T::ONE.divided(T::of_count(LANES))),
        );
        let of_count = T::of_count(count);
        let from = halved(first(shares, count), T::plus).times(T::of_count(LANES).divided(of_count));
        let deviations = each::<T, LANES>(
            #[inline(always)]
            |k| elements[k].minus(from),
        );
        let sums = Sums::<2>::few(deviations, count);
        kept(about(from, sums, sums[0].divided(of_count)))
    }
    /// Two passes over all: the mean, rounded, and the deviations from it.
    #[inline(always)]
    fn short(count: usize, get: impl Fn(usize) -> T) -> [T; P] {
        let [sum] = fold_short::<T, Combined<Plus>>(
            count,
            #[inline(always)]
            |k| get(k),
        );
        let of_count = T::of_count(count);
        let from = sum.divided(of_count);
        let sums = if P > 4 {
            fold_short::<T, Sums<2>>(
                count,
                #[inline(always)]
                |k| get(k).minus(from),
            )
        } else {
            let [sum] = fold_short::<T, Sums<1>>(
                count,
                #[inline(always)]
                |k| get(k).minus(from),
            );
            [sum, T::ZERO]
        };
        kept(about(from, sums, sums[0].divided(of_count)))
    }
    #[inline(always)]
    fn short_columns<L: Copy, const N: usize>(
        count: usize,
        row: impl Fn(usize) -> L,
        get: impl Fn(&L, usize) -> T,
    ) -> [[T; N]; P] {
        let [mut from] = fold_columns::<L, T, Combined<Plus>, N>(
            count,
            #[inline(always)]
            |j| row(j),
            #[inline(always)]
            |lane: &L, c| get(lane, c),
        );
        let of_count = T::of_count(count);
        for from in &mut from {
            *from = from.divided(of_count);
        }
        let sums = if P > 4 {
            fold_columns::<L, T, Sums<2>, N>(
                count,
                row,
                #[inline(always)]
                |lane, c| get(lane, c).minus(from[c]),
            )
        } else {
            let [sums] = fold_columns::<L, T, Sums<1>, N>(
                count,
                row,
                #[inline(always)]
                |lane, c| get(lane, c).minus(from[c]),
            );
            [sums, [T::ZERO; N]]
        };
        let mut states = Self::Planes::<N>::splat(Self::NOTHING);
        for (c, &from) in from.iter().enumerate() {
            let sums: [T; 2] = Planes::get(&sums, c);
            states.set(c, kept(about(from, sums, sums[0].divided(of_count))));
        }
        states
    }
    #[inline(always)]
    fn weights(a: usize, b: usize) -> Shares<T> {
        let count = T::of_count(b);
        let both = T::of_count(a.saturating_add(b));
        let share = count.divided(both);
        Shares { part: T::ONE.divided(count), share, weight: T::of_count(a).times(share) }
    }
    #[inline(always)]
    fn opened<const N: usize>(state: [T; P], elements: [T; N]) -> [T; P] {
        let [mean, rest, _, _, squares, lost, _] = whole(state);
        kept([mean, rest, mean_of(elements), T::ZERO, squares, lost, T::ZERO])
    }
    #[inline(always)]
    fn feed<const N: usize>(state: [T; P], elements: [T; N], _: Shares<T>) -> [T; P] {
        let [mean, rest, from, sum, squares, lost, summed] = whole(state);
        let deviations = each::<T, N>(
            #[inline(always)]
            |k| elements[k].minus(from),
        );
        let [more, more_squares] = Sums::<2>::leaf(deviations);
        kept([mean, rest, from, sum.plus(more), squares, lost, summed.plus(more_squares)])
    }
    #[inline(always)]
    fn settled(state: [T; P], shares: Shares<T>) -> [T; P] {
        let [mean, rest, from, sum, squares, lost, summed] = whole(state);
        let moved = sum.times(shares.part);
        let (mean, apart) = met([mean, rest], [from, moved], shares);
        let more = summed.minus(sum.times(moved)).plus(apart.times(apart.times(shares.weight)));
        let [squares, lost_here] = parts(squares, more);
        kept(settled(mean, [squares, lost.plus(lost_here)]))
    }
    /// The means are elements of which each stands for `each`, and take two passes as a piece does.
    #[inline(always)]
    fn joined<const COMPENSATED: bool>(lanes: [[T; LANES]; P], each_seen: usize) -> [T; P] {
        let [means, rests, _, _, squares, lost, _] = whole_planes(lanes);
        let from = mean_of(means);
        let apart = each::<T, LANES>(
            #[inline(always)]
            |k| means[k].minus(from).plus(rests[k]),
        );
        let sums = Sums::<2>::near(apart);
        let moved = sums[0].divided(T::of_count(LANES));
        let [mean, rest, _, _, between, ..] = about(from, sums, moved);
        let within = each::<T, LANES>(
            #[inline(always)]
            |k| squares[k].plus(lost[k]),
        );
        let squares = halved(within, T::plus).plus(between.times(T::of_count(each_seen)));
        kept(settled([mean, rest], [squares, T::NOTHING]))
    }
    #[inline(always)]
    fn merge<const COMPENSATED: bool>(a: [T; P], b: [T; P], shares: Shares<T>) -> [T; P] {
        let [a_mean, a_rest, _, _, a_squares, a_lost, _] = whole(a);
        let [b_mean, b_rest, _, _, b_squares, b_lost, _] = whole(b);
        let (mean, apart) = met([a_mean, a_rest], [b_mean, b_rest], shares);
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
}

/// The sum of some deviations and, if `P` is 2, the sum of their squares. Accumulators lose what
/// rounding loses; when they are merged, it is kept for the sum of the deviations, since it would
/// show in the mean of few.
#[derive(Clone, Copy, Debug)]
struct Sums<const P: usize>;
impl<const P: usize> Sums<P> {
    /// Of few deviations, with what the rounding of their sum loses.
    #[inline(always)]
    fn near<T: Float, const N: usize>(deviations: [T; N]) -> [T; P] {
        Self::of(halved_parts(deviations, [T::NOTHING; N]), deviations)
    }
    /// As [`near`](Self::near), without what is lost where neighbours of a whole leaf are added.
    #[inline(always)]
    fn leaf_near<T: Float, const N: usize>(deviations: [T; N]) -> [T; P] {
        if N < LANES {
            return Self::near(deviations);
        }
        let half: [T; 8] = each(
            #[inline(always)]
            |k| deviations[k].plus(deviations[k + 8]),
        );
        Self::of(halved_parts(half, [T::NOTHING; 8]), deviations)
    }
    #[inline(always)]
    fn of<T: Float, const N: usize>(sum: T, deviations: [T; N]) -> [T; P] {
        if P == 1 {
            return [sum; P];
        }
        let squares = each::<T, N>(
            #[inline(always)]
            |k| square(deviations[k]),
        );
        let both = [sum, halved(squares, T::plus)];
        each(
            #[inline(always)]
            |p| both[p],
        )
    }
}
impl<const P: usize, T: Float> Fold<T> for Sums<P> {
    type State = [T; P];
    type Planes<const N: usize> = [[T; N]; P];
    type Weights = ();
    const NOTHING: [T; P] = [T::NOTHING; P];
    const JOINS_ALL: bool = true;
    #[inline(always)]
    fn leaf<const N: usize>(deviations: [T; N]) -> [T; P] {
        Self::of(halved(deviations, T::plus), deviations)
    }
    #[inline(always)]
    fn few(deviations: [T; LANES], count: usize) -> [T; P] {
        Self::near(first(deviations, count))
    }
    /// By halves, and through memory when few are left: LLVM would shuffle the sums and the squares
    /// into common vectors from the first.
    #[inline(always)]
    fn joined<const COMPENSATED: bool>(lanes: [[T; LANES]; P], _: usize) -> [T; P] {
        let [sums, lost] = quarter_of_parts(lanes[0]);
        if P == 1 {
            return [halved_parts(sums, lost); P];
        }
        let squares = quarter(lanes[P - 1]);
        let both = [halved_parts(sums, lost), halved(squares, T::plus)];
        each(
            #[inline(always)]
            |p| both[p],
        )
    }
    #[inline(always)]
    fn joined_columns<const N: usize>(mut lanes: [[[T; N]; P]; LANES]) -> [[T; N]; P] {
        let (mut lost, mut half) = ([[T::NOTHING; N]; LANES], LANES / 2);
        while half > 0 {
            for k in 0..half {
                for c in 0..N {
                    let (sum, lost_here) = two_sum(lanes[k][0][c], lanes[k + half][0][c]);
                    lanes[k][0][c] = sum;
                    lost[k][c] = lost[k][c].plus(lost[k + half][c]).plus(lost_here);
                    if P > 1 {
                        lanes[k][P - 1][c] = lanes[k][P - 1][c].plus(lanes[k + half][P - 1][c]);
                    }
                }
            }
            half /= 2;
        }
        for (sum, lost) in lanes[0][0].iter_mut().zip(lost[0]) {
            *sum = sum.plus(lost);
        }
        lanes[0]
    }
    #[inline(always)]
    fn weights(_: usize, _: usize) {}
    #[inline(always)]
    fn merge<const COMPENSATED: bool>(a: [T; P], b: [T; P], (): ()) -> [T; P] {
        each(
            #[inline(always)]
            |p| a[p].plus(b[p]),
        )
    }
}

/// The sum by halves of numbers that have lost something, with what its own rounding loses.
#[inline(always)]
fn halved_parts<T: Float, const N: usize>(mut sums: [T; N], mut lost: [T; N]) -> T {
    let mut half = N / 2;
    while half > 0 {
        for k in 0..half {
            let (sum, lost_here) = two_sum(sums[k], sums[k + half]);
            sums[k] = sum;
            lost[k] = lost[k].plus(lost[k + half]).plus(lost_here);
        }
        half /= 2;
    }
    sums[0].plus(lost[0])
}

/// As [`quarter`], with what the rounding loses.
#[inline(always)]
fn quarter_of_parts<T: Float>(of: [T; LANES]) -> [[T; LANES / 4]; 2] {
    let (mut sums, mut lost) = ([T::ZERO; LANES / 4], [T::ZERO; LANES / 4]);
    for k in 0..LANES / 4 {
        let (low, lost_low) = two_sum(of[k], of[k + 8]);
        let (high, lost_high) = two_sum(of[k + 4], of[k + 12]);
        let (sum, lost_here) = two_sum(low, high);
        (sums[k], lost[k]) = (sum, lost_low.plus(lost_high).plus(lost_here));
    }
    core::hint::black_box([sums, lost])
}

/// The sums, by halves, of which a quarter as many are left.
#[inline(always)]
fn quarter<T: Float>(of: [T; LANES]) -> [T; LANES / 4] {
    core::hint::black_box(each(
        #[inline(always)]
        |k| of[k].plus(of[k + 8]).plus(of[k + 4].plus(of[k + 12])),
    ))
}

/// What is known of all elements.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found<T> {
    /// How many there are.
    pub(crate) count: usize,
    /// Their mean, in two parts.
    pub(crate) mean: [T; 2],
    /// The sum of their squared deviations from it, in two parts, in units of [`unit`](Self::unit)
    /// squared.
    pub(crate) squares: [T; 2],
    /// The unit of deviations.
    pub(crate) unit: T,
}
impl<T: Float> Found<T> {
    #[inline(always)]
    fn of<const P: usize>(state: [T; P], count: usize) -> Self {
        let [mean, rest, _, _, squares, lost, _] = whole(state);
        if count == 0 {
            return Self { count, mean: [T::NAN, T::ZERO], squares: [T::ZERO; 2], unit: T::ONE };
        }
        Self { count, mean: [mean, rest], squares: [squares, lost], unit: T::ONE }
    }
    /// Whether nothing has overflowed, and nothing is infinite or NaN.
    #[inline(always)]
    pub(super) fn is_finite(&self) -> bool {
        let of_squares = self.squares[0].minus(self.squares[0]);
        self.count == 0 || self.mean[0].minus(self.mean[0]).plus(of_squares) == T::ZERO
    }
    /// Whether the elements may be so small that nothing is left of their squares, and of the mean no
    /// more than its last places. Of zeros it cannot tell.
    #[inline(always)]
    pub(super) fn may_be_tiny(&self) -> bool {
        self.squares[0] == T::ZERO && is_tiny(self.mean[0])
    }
    /// The mean; NaN of nothing.
    #[inline(always)]
    pub(crate) fn mean(&self) -> T {
        self.mean[0]
    }
    /// The variance, with the divisor `count - ddof`; NaN where that is not positive.
    #[inline(always)]
    pub(crate) fn variance(&self, ddof: usize) -> T {
        self.per_degree(ddof).times(self.unit).times(self.unit)
    }
    /// The square root of the variance.
    #[inline(always)]
    pub(crate) fn deviation(&self, ddof: usize) -> T {
        self.per_degree(ddof).square_root().times(self.unit)
    }
    #[inline(always)]
    fn per_degree(&self, ddof: usize) -> T {
        if self.count <= ddof {
            return T::NAN;
        }
        self.squares[0].plus(self.squares[1]).divided(T::of_count(self.count - ddof))
    }
}

/// What is known of the elements of `a` and of `b`, which are not more.
#[inline]
pub(crate) fn merged<T: Float>(a: Found<T>, b: Found<T>) -> Found<T> {
    let shares = <Spread as Fold<T>>::weights(a.count, b.count);
    let state = |of: Found<T>| settled(of.mean, of.squares);
    let count = a.count.saturating_add(b.count);
    let mut all = Found::of(Spread::merge::<true>(state(a), state(b), shares), count);
    if !all.is_finite() {
        // An element that is infinite or NaN, or a difference or a square that overflows.
        let mean = a.mean[0].times(T::ONE.minus(shares.share)).plus(b.mean[0].times(shares.share));
        let is_known = all.mean[0].minus(all.mean[0]) == T::ZERO;
        all.mean = if is_known { all.mean } else { [mean, T::ZERO] };
        all.squares = [a.squares[0].plus(b.squares[0]).plus(T::GREATEST).plus(mean.minus(mean)), T::ZERO];
    }
    all
}

/// A statistic that is made of the mean and, where it folds a [`Spread`], the sum of squared
/// deviations.
pub(crate) trait OfSpread<T: Float>: Copy {
    /// What it gives.
    type Output;
    /// How many parts of a state it needs.
    type Folded: Folded<T>;
    /// What it is of what is known.
    fn of(self, found: Found<T>) -> Self::Output;
}

/// [`Center`] or [`Spread`].
pub(crate) trait Folded<T: Float>: Fold<T> {
    /// What a state of `count` elements says.
    fn found(state: Self::State, count: usize) -> Found<T>;
}
impl<const P: usize, T: Float> Folded<T> for Deviations<P> {
    #[inline(always)]
    fn found(state: [T; P], count: usize) -> Found<T> {
        Found::of(state, count)
    }
}

/// `statistic` of a region whose elements `map` makes numbers.
#[inline(always)]
pub(crate) fn along<E: Copy, T: Float, R: OfSpread<T>>(
    statistic: R,
    region: &mut impl Region<E>,
    map: impl Fn(E) -> T + Copy + Sync,
) -> R::Output {
    let count = region.count();
    let found = R::Folded::found(region.fold::<T, R::Folded>(map), count);
    if !found.is_finite() | found.may_be_tiny() {
        return statistic.of(again_one(*region, map, found));
    }
    statistic.of(found)
}

/// `statistic` of each of some columns whose elements `map` makes numbers.
#[inline(always)]
pub(crate) fn across<E: Copy, T: Float, R: OfSpread<T>, const N: usize>(
    statistic: R,
    columns: &mut impl Columns<E, N>,
    map: impl Fn(E) -> T + Copy + Sync,
    mut give: impl FnMut(usize, R::Output),
) {
    let (count, width) = (columns.count(), columns.width());
    let states = columns.fold::<T, R::Folded>(
        #[inline(always)]
        |_, x| map(x),
    );
    let found = |c| R::Folded::found(Planes::get(&states, c), count);
    let mut known = true;
    for c in 0..width {
        let found = found(c);
        known &= found.is_finite() & !found.may_be_tiny();
        give(c, statistic.of(found));
    }
    if !known {
        again::<E, T, N>(*columns, map, width, found, |c, after| give(c, statistic.of(after)));
    }
}
