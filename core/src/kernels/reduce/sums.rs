//! What the tree folds: sums, and what combines without a count. Means and variances are in
//! [`spread`](super::spread).

use core::marker::PhantomData;

use crate::element::Numeric;
use crate::kernels::reduce::tree::short::fold_short;
use crate::kernels::reduce::tree::{Fold, LANES, each, fold_columns, halved};

/// A sum and the rounding error it has made so far, which is added at the end: the cascaded
/// summation of Ogita, Rump and Oishi ("Accurate sum and dot product", 2005) over leaves.
#[derive(Clone, Copy, Debug)]
pub struct Total;

/// `a + b`, and what the rounding lost of it (Knuth's TwoSum). Integers lose nothing.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn two_sum<T: Numeric>(a: T, b: T) -> (T, T) {
    let sum = a.plus(b);
    let of_b = sum.minus(a);
    let of_a = sum.minus(of_b);
    (sum, a.minus(of_a).plus(b.minus(of_b)))
}

/// `sum + lost`; where that is not a number, because `sum` has met an infinity or has overflowed,
/// `sum` alone.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn collapsed<T: Numeric>([sum, lost]: [T; 2]) -> T {
    if lost.minus(lost) == T::ZERO { sum.plus(lost) } else { sum }
}

/// Of no elements: -0.0, which addition leaves as it is, twice.
impl<T: Numeric> Fold<T> for Total {
    type State = [T; 2];
    type Planes<const N: usize> = [[T; N]; 2];
    type Weights = ();
    const EMPTY: [T; 2] = [T::ADDITIVE_IDENTITY; 2];
    #[cfg_attr(not(unoptimised), inline(always))]
    fn leaf<const N: usize>(elements: [T; N]) -> [T; 2] {
        [halved(elements, T::plus), T::ADDITIVE_IDENTITY]
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn few(elements: [T; LANES], count: usize) -> [T; 2] {
        [halved(first(elements, count), T::plus), T::ADDITIVE_IDENTITY]
    }
    /// There nothing is compensated.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn short(count: usize, get: impl Fn(usize) -> T) -> [T; 2] {
        let [sum] = fold_short::<T, Combined<Plus>>(count, get);
        [sum, T::ADDITIVE_IDENTITY]
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn short_columns<L: Copy, const N: usize>(
        count: usize,
        row: impl Fn(usize) -> L,
        get: impl Fn(&L, usize) -> T,
    ) -> [[T; N]; 2] {
        let [sums] = fold_columns::<L, T, Combined<Plus>, N>(count, row, get);
        [sums, [T::ADDITIVE_IDENTITY; N]]
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn weights(_: usize, _: usize) {}
    #[cfg_attr(not(unoptimised), inline(always))]
    fn merge<const COMPENSATED: bool>(a: [T; 2], b: [T; 2], (): ()) -> [T; 2] {
        if COMPENSATED {
            let (sum, lost) = two_sum(a[0], b[0]);
            [sum, a[1].plus(b[1]).plus(lost)]
        } else {
            [collapsed(a).plus(collapsed(b)), T::ADDITIVE_IDENTITY]
        }
    }
}

/// The first `count` elements, and what addition leaves as it is behind them.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn first<T: Numeric>(elements: [T; LANES], count: usize) -> [T; LANES] {
    each(
        #[cfg_attr(not(unoptimised), inline(always))]
        |k| if k < count { elements[k] } else { T::ADDITIVE_IDENTITY },
    )
}

/// `x` times itself.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn square<T: Numeric>(x: T) -> T {
    x.times(x)
}

/// The sum that a state of [`Total`] is: +0.0, never -0.0.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn total<T: Numeric>(state: [T; 2]) -> T {
    collapsed(state).plus(T::ZERO)
}

/// A way to combine two values into one.
pub trait Monoid<T>: Copy {
    /// What leaves another value as it is.
    const IDENTITY: T;
    /// Both in one.
    fn combine(a: T, b: T) -> T;
}
macro_rules! monoids {
    ($($name:ident: $neutral:expr, |$a:ident, $b:ident| $combine:expr, $doc:literal;)*) => {$(
        #[doc = $doc]
        #[derive(Clone, Copy, Debug)]
        pub struct $name;
        impl<T: Numeric> Monoid<T> for $name {
            const IDENTITY: T = $neutral;
            #[cfg_attr(not(unoptimised), inline(always))]
            fn combine($a: T, $b: T) -> T {
                $combine
            }
        }
    )*};
}
monoids! {
    Minimum: T::MAXIMUM, |a, b| a.minimum(b), "The smaller.";
    Maximum: T::MINIMUM, |a, b| a.maximum(b), "The larger.";
    LooseMaximum: T::MINIMUM, |a, b| if a > b { a } else { b },
        "The larger; any of two zeros, or of a NaN and a number: exponents are counted from it.";
    Plus: T::ADDITIVE_IDENTITY, |a, b| a.plus(b), "The sum, without compensation.";
    Times: T::ONE, |a, b| a.times(b), "The product, which rounds by the tree.";
}
/// Whether both hold.
#[derive(Clone, Copy, Debug)]
pub struct Both;
impl Monoid<bool> for Both {
    const IDENTITY: bool = true;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn combine(a: bool, b: bool) -> bool {
        a & b
    }
}
/// Whether one holds.
#[derive(Clone, Copy, Debug)]
pub struct Either;
impl Monoid<bool> for Either {
    const IDENTITY: bool = false;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn combine(a: bool, b: bool) -> bool {
        a | b
    }
}

/// All elements combined by `M`.
#[derive(Clone, Copy, Debug)]
pub struct Combined<M>(PhantomData<M>);
impl<T: Copy + Send, M: Monoid<T>> Fold<T> for Combined<M> {
    type State = [T; 1];
    type Planes<const N: usize> = [[T; N]; 1];
    type Weights = ();
    const EMPTY: [T; 1] = [M::IDENTITY];
    #[cfg_attr(not(unoptimised), inline(always))]
    fn leaf<const N: usize>(elements: [T; N]) -> [T; 1] {
        [halved(elements, M::combine)]
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn few(elements: [T; LANES], count: usize) -> [T; 1] {
        let first = each::<T, LANES>(
            #[cfg_attr(not(unoptimised), inline(always))]
            |k| if k < count { elements[k] } else { M::IDENTITY },
        );
        [halved(first, M::combine)]
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn weights(_: usize, _: usize) {}
    #[cfg_attr(not(unoptimised), inline(always))]
    fn merge<const COMPENSATED: bool>(a: [T; 1], b: [T; 1], (): ()) -> [T; 1] {
        [M::combine(a[0], b[0])]
    }
}
