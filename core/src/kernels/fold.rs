//! What the tree folds: sums, moments, and what combines without a count.

#![expect(
    clippy::redundant_closure,
    reason = "a call by reference to a closure is std's, which is not sure to be inlined into the level's function"
)]

use core::marker::PhantomData;

use super::beside::fold_columns;
use super::short::fold_short;
use super::tree::{Fold, LANES, halved};
use crate::element::{Float, Numeric};

/// A sum and the rounding error it has made so far, which is added at the end: the cascaded summation of Ogita, Rump and Oishi
/// ("Accurate sum and dot product", 2005) over leaves.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Total;

/// `a + b`, and what the rounding lost of it (Knuth's TwoSum). Integers lose nothing.
#[inline(always)]
fn two_sum<T: Numeric>(a: T, b: T) -> (T, T) {
    let sum = a.plus(b);
    let of_b = sum.minus(a);
    let of_a = sum.minus(of_b);
    (sum, a.minus(of_a).plus(b.minus(of_b)))
}

/// `sum + lost`; where that is not a number, because `sum` has met an infinity or has overflowed, `sum` alone.
#[inline(always)]
fn collapsed<T: Numeric>([sum, lost]: [T; 2]) -> T {
    if lost.minus(lost) == T::ZERO { sum.plus(lost) } else { sum }
}

/// Of no elements: -0.0, which addition leaves as it is, twice.
impl<T: Numeric> Fold<T> for Total {
    type State = [T; 2];
    type Planes<const N: usize> = [[T; N]; 2];
    type Weights = ();
    const NOTHING: [T; 2] = [T::NOTHING; 2];
    #[inline(always)]
    fn leaf<const N: usize>(elements: [T; N]) -> [T; 2] {
        [halved(elements, T::plus), T::NOTHING]
    }
    #[inline(always)]
    fn few(elements: [T; LANES], count: usize) -> [T; 2] {
        [halved(first(elements, count), T::plus), T::NOTHING]
    }
    /// There nothing is compensated.
    #[inline(always)]
    fn short(count: usize, get: impl Fn(usize) -> T) -> [T; 2] {
        let [sum] = fold_short::<T, Combined<Plus>>(count, get);
        [sum, T::NOTHING]
    }
    #[inline(always)]
    fn short_columns<L: Copy, const N: usize>(
        count: usize,
        row: impl Fn(usize) -> L,
        get: impl Fn(&L, usize) -> T,
    ) -> [[T; N]; 2] {
        let [sums] = fold_columns::<L, T, Combined<Plus>, N>(count, row, get);
        [sums, [T::NOTHING; N]]
    }
    #[inline(always)]
    fn weights(_: usize, _: usize) {}
    #[inline(always)]
    fn merge<const COMPENSATED: bool>(a: [T; 2], b: [T; 2], (): ()) -> [T; 2] {
        if COMPENSATED {
            let (sum, lost) = two_sum(a[0], b[0]);
            [sum, a[1].plus(b[1]).plus(lost)]
        } else {
            [collapsed(a).plus(collapsed(b)), T::NOTHING]
        }
    }
}

/// The first `count` elements, and what addition leaves as it is behind them.
#[inline(always)]
fn first<T: Numeric>(mut elements: [T; LANES], count: usize) -> [T; LANES] {
    for (k, element) in elements.iter_mut().enumerate() {
        *element = if k < count { *element } else { T::NOTHING };
    }
    elements
}

/// `x` times itself.
#[inline(always)]
fn square<T: Numeric>(x: T) -> T {
    x.times(x)
}

/// The sum that a state of [`Total`] is: +0.0, never -0.0.
#[inline(always)]
pub(crate) fn total<T: Numeric>(state: [T; 2]) -> T {
    collapsed(state).plus(T::ZERO)
}

/// The sum, as [`Total`], and the sum of squared deviations from the mean, merged by the pairwise formula of Chan, Golub and LeVeque
/// ("Updating formulae and a pairwise algorithm for computing sample variances", 1979).
///
/// Two states are merged to `m2 = a.m2 + (b.m2 + (d * w) * d)`, where d is `a.sum * (b.n / a.n) - b.sum` and w is
/// `a.n / (b.n * (a.n + b.n))`. A leaf is merged by halves in the same way, from single elements, of which m2 is 0, so that no mean is
/// waited for; what its merges of one size add is summed before it is weighed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spread;

/// What a merge takes of the counts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shares<T> {
    ratio: T,
    weight: T,
}

impl<T: Float> Fold<T> for Spread {
    type State = [T; 3];
    type Planes<const N: usize> = [[T; N]; 3];
    type Weights = Shares<T>;
    const NOTHING: [T; 3] = [T::NOTHING; 3];
    #[inline(always)]
    fn leaf<const N: usize>(elements: [T; N]) -> [T; 3] {
        let (mut sums, mut total, mut half) = (elements, T::NOTHING, N / 2);
        while half > 0 {
            let mut squares = [T::NOTHING; N];
            for k in 0..half {
                squares[k] = square(sums[k].minus(sums[k + half]));
                sums[k] = sums[k].plus(sums[k + half]);
            }
            // Of N / 2 / half elements each.
            total = total.plus(halved(squares, T::plus).times(T::of_count(half).divided(T::of_count(N))));
            half /= 2;
        }
        [sums[0], T::NOTHING, total]
    }
    #[inline(always)]
    fn few(mut elements: [T; LANES], count: usize) -> [T; 3] {
        let sum = halved(first(elements, count), T::plus);
        let mean = sum.divided(T::of_count(count));
        for element in &mut elements {
            *element = square(element.minus(mean));
        }
        [sum, T::NOTHING, halved(first(elements, count), T::plus)]
    }
    /// Two passes: the mean, and the deviations from it.
    #[inline(always)]
    fn short(count: usize, get: impl Fn(usize) -> T) -> [T; 3] {
        let [sum] = fold_short::<T, Combined<Plus>>(
            count,
            #[inline(always)]
            |k| get(k),
        );
        let mean = sum.divided(T::of_count(count));
        let [squares] = fold_short::<T, Combined<Plus>>(
            count,
            #[inline(always)]
            |k| square(get(k).minus(mean)),
        );
        [sum, T::NOTHING, squares]
    }
    #[inline(always)]
    fn short_columns<L: Copy, const N: usize>(
        count: usize,
        row: impl Fn(usize) -> L,
        get: impl Fn(&L, usize) -> T,
    ) -> [[T; N]; 3] {
        let [sums] = fold_columns::<L, T, Combined<Plus>, N>(
            count,
            #[inline(always)]
            |j| row(j),
            #[inline(always)]
            |lane: &L, c| get(lane, c),
        );
        let mut means = sums;
        for mean in &mut means {
            *mean = mean.divided(T::of_count(count));
        }
        let [squares] = fold_columns::<L, T, Combined<Plus>, N>(
            count,
            row,
            #[inline(always)]
            |lane, c| square(get(lane, c).minus(means[c])),
        );
        [sums, [T::NOTHING; N], squares]
    }
    #[inline(always)]
    fn weights(a: usize, b: usize) -> Shares<T> {
        if a == 0 || b == 0 {
            // A merge with nothing changes nothing.
            return Shares { ratio: T::ZERO, weight: T::ZERO };
        }
        let (a, b, both) = (T::of_count(a), T::of_count(b), T::of_count(a + b));
        Shares { ratio: b.divided(a), weight: a.divided(b.times(both)) }
    }
    #[inline(always)]
    fn merge<const COMPENSATED: bool>(a: [T; 3], b: [T; 3], shares: Shares<T>) -> [T; 3] {
        let sum = Total::merge::<COMPENSATED>([a[0], a[1]], [b[0], b[1]], ());
        // What the difference of the two adds. The weight first: the square could overflow before a weight of 0.
        let apart = a[0].times(shares.ratio).minus(b[0]);
        [sum[0], sum[1], a[2].plus(b[2].plus(apart.times(shares.weight).times(apart)))]
    }
}

/// The sum of squared deviations that a state of [`Spread`] is: no number where an element is none, or infinite.
#[inline(always)]
pub(crate) fn spread<T: Float>([sum, _, squares]: [T; 3]) -> T {
    squares.plus(sum.minus(sum))
}

/// A way to combine two values into one.
pub(crate) trait Monoid<T>: Copy {
    /// What leaves another value as it is.
    const NEUTRAL: T;
    /// Both in one.
    fn combine(a: T, b: T) -> T;
}
macro_rules! monoids {
    ($($name:ident: $neutral:expr, |$a:ident, $b:ident| $combine:expr, $doc:literal;)*) => {$(
        #[doc = $doc]
        #[derive(Clone, Copy, Debug)]
        pub(crate) struct $name;
        impl<T: Numeric> Monoid<T> for $name {
            const NEUTRAL: T = $neutral;
            #[inline(always)]
            fn combine($a: T, $b: T) -> T {
                $combine
            }
        }
    )*};
}
monoids! {
    Lowest: T::GREATEST, |a, b| a.smaller(b), "The smaller.";
    Highest: T::LEAST, |a, b| a.larger(b), "The larger.";
    Plus: T::NOTHING, |a, b| a.plus(b), "The sum, without compensation.";
    Times: T::ONE, |a, b| a.times(b), "The product, which rounds by the tree.";
}
/// Whether both hold.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Both;
impl Monoid<bool> for Both {
    const NEUTRAL: bool = true;
    #[inline(always)]
    fn combine(a: bool, b: bool) -> bool {
        a & b
    }
}
/// Whether one holds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Either;
impl Monoid<bool> for Either {
    const NEUTRAL: bool = false;
    #[inline(always)]
    fn combine(a: bool, b: bool) -> bool {
        a | b
    }
}

/// All elements combined by `M`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Combined<M>(PhantomData<M>);
impl<T: Copy + Send, M: Monoid<T>> Fold<T> for Combined<M> {
    type State = [T; 1];
    type Planes<const N: usize> = [[T; N]; 1];
    type Weights = ();
    const NOTHING: [T; 1] = [M::NEUTRAL];
    #[inline(always)]
    fn leaf<const N: usize>(elements: [T; N]) -> [T; 1] {
        [halved(elements, M::combine)]
    }
    #[inline(always)]
    fn few(mut elements: [T; LANES], count: usize) -> [T; 1] {
        for (k, element) in elements.iter_mut().enumerate() {
            *element = if k < count { *element } else { M::NEUTRAL };
        }
        [halved(elements, M::combine)]
    }
    #[inline(always)]
    fn weights(_: usize, _: usize) {}
    #[inline(always)]
    fn merge<const COMPENSATED: bool>(a: [T; 1], b: [T; 1], (): ()) -> [T; 1] {
        [M::combine(a[0], b[0])]
    }
}
