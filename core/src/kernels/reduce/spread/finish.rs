//! Statistics that are made of means and of squared deviations, and how they are found along and across
//! lanes.

use super::Deviations;
use crate::element::Float;
use crate::kernels::reduce::spread::found::Found;
use crate::kernels::reduce::spread::scaled::{again, again_one};
use crate::kernels::reduce::statistic::{Columns, Region};
use crate::kernels::reduce::tree::{Fold, Planes};

/// A statistic that is made of the mean and, where it folds a [`Spread`](super::Spread), the sum of squared
/// deviations.
pub(crate) trait OfSpread<T: Float>: Copy {
    /// What it gives.
    type Output;
    /// How many parts of a state it needs.
    type Folded: Folded<T>;
    /// What it is of what is known.
    fn of(self, found: Found<T>) -> Self::Output;
}

/// [`Center`](super::Center) or [`Spread`](super::Spread).
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
