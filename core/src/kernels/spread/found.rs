//! What is found of all elements, the statistics that are made of it, and how they are found along and
//! across lanes.

use super::{Deviations, Spread, settled, whole};
use crate::element::Float;
use crate::kernels::reduce::{Columns, Region};
use crate::kernels::scaled::{again, again_one, is_tiny};
use crate::kernels::tree::{Fold, Planes};

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
    /// Whether the mean is finite.
    #[inline(always)]
    pub(in crate::kernels) fn has_mean(&self) -> bool {
        self.mean[0].minus(self.mean[0]) == T::ZERO
    }
    /// Whether nothing has overflowed, and nothing is infinite or NaN.
    #[inline(always)]
    pub(in crate::kernels) fn is_finite(&self) -> bool {
        let of_squares = self.squares[0].minus(self.squares[0]);
        self.count == 0 || self.mean[0].minus(self.mean[0]).plus(of_squares) == T::ZERO
    }
    /// Whether the elements may be so small that nothing is left of their squares, and of the mean no
    /// more than its last places. Of zeros it cannot tell.
    #[inline(always)]
    pub(in crate::kernels) fn may_be_tiny(&self) -> bool {
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
        all.mean = if all.has_mean() { all.mean } else { [mean, T::ZERO] };
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
