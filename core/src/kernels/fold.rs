//! What the tree folds: sums, moments, and what combines without a count.

use core::marker::PhantomData;

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
fn collapsed<T: Numeric>(sum: T, lost: T) -> T {
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
    #[inline(always)]
    fn weights(_: usize, _: usize) {}
    #[inline(always)]
    fn merge<const COMPENSATED: bool>(a: [T; 2], b: [T; 2], (): ()) -> [T; 2] {
        if COMPENSATED {
            let (sum, lost) = two_sum(a[0], b[0]);
            [sum, a[1].plus(b[1]).plus(lost)]
        } else {
            [collapsed(a[0], a[1]).plus(collapsed(b[0], b[1])), T::NOTHING]
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

/// The squared deviations from `mean`.
#[inline(always)]
fn squared<T: Numeric, const N: usize>(mut elements: [T; N], mean: T) -> [T; N] {
    for element in &mut elements {
        *element = element.minus(mean).times(element.minus(mean));
    }
    elements
}

/// The sum that a state of [`Total`] is: +0.0, never -0.0.
#[inline(always)]
pub(crate) fn total<T: Numeric>([sum, lost]: [T; 2]) -> T {
    collapsed(sum, lost).plus(T::ZERO)
}

/// The sum, as [`Total`], and the sum of squared deviations from the mean, merged by the pairwise formula of Chan, Golub and LeVeque
/// ("Updating formulae and a pairwise algorithm for computing sample variances", 1979).
///
/// A leaf is two passes over its few elements. Two states are merged to `m2 = a.m2 + (b.m2 + (d * w) * d)`, where d is the difference of
/// the means, each a sum divided by its count, and w is a.n * b.n / (a.n + b.n).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spread;

/// What a merge takes of the counts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shares<T> {
    count_of_a: T,
    count_of_b: T,
    weight: T,
}

impl<T: Float> Fold<T> for Spread {
    type State = [T; 3];
    type Planes<const N: usize> = [[T; N]; 3];
    type Weights = Shares<T>;
    const NOTHING: [T; 3] = [T::NOTHING; 3];
    #[inline(always)]
    fn leaf<const N: usize>(elements: [T; N]) -> [T; 3] {
        let sum = halved(elements, T::plus);
        let mean = sum.times(T::ONE.divided(T::of_count(N)));
        let squares = halved(squared(elements, mean), T::plus);
        [sum, T::NOTHING, squares]
    }
    #[inline(always)]
    fn few(elements: [T; LANES], count: usize) -> [T; 3] {
        let sum = halved(first(elements, count), T::plus);
        let mean = sum.divided(T::of_count(count));
        [sum, T::NOTHING, halved(first(squared(elements, mean), count), T::plus)]
    }
    #[inline(always)]
    fn weights(a: usize, b: usize) -> Shares<T> {
        let weight = T::of_count(a).times(T::of_count(b)).divided(T::of_count((a + b).max(1)));
        // The mean of nothing is 0 here, and its weight is 0, so that a merge with nothing changes nothing.
        Shares { count_of_a: T::of_count(a.max(1)), count_of_b: T::of_count(b.max(1)), weight }
    }
    #[inline(always)]
    fn merge<const COMPENSATED: bool>(a: [T; 3], b: [T; 3], weights: Shares<T>) -> [T; 3] {
        let sum = Total::merge::<COMPENSATED>([a[0], a[1]], [b[0], b[1]], ());
        let apart = a[0].divided(weights.count_of_a).minus(b[0].divided(weights.count_of_b));
        // The weight first: the square of a large mean could overflow before a weight of 0.
        let between = apart.times(weights.weight).times(apart);
        [sum[0], sum[1], a[2].plus(b[2].plus(between))]
    }
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
impl<T: Copy, M: Monoid<T>> Fold<T> for Combined<M> {
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
