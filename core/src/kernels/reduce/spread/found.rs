//! What is found of all elements.

use super::{Spread, kept, settled, whole};
use crate::element::Float;
use crate::kernels::reduce::tree::Fold;

/// Whether the square of `x` is nothing.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn is_tiny<T: Float>(x: T) -> bool {
    let bound = T::ONE.divided(T::SQUARE_UNIT);
    x < bound && bound.negated() < x
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
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn of<const P: usize>(state: [T; P], count: usize) -> Self {
        let [mean, rest, unit, _, squares, lost, _] = whole(state);
        if count == 0 {
            return Self { count, mean: [T::NAN, T::ZERO], squares: [T::ZERO; 2], unit: T::ONE };
        }
        let unit = if unit == T::ZERO { T::ONE } else { unit };
        Self { count, mean: [mean, rest], squares: [squares, lost], unit }
    }
    /// The state that says this. Nothing is open in it, so there is room for the unit.
    pub(super) fn state<const P: usize>(self) -> [T; P] {
        let [mean, rest, _, sum, squares, lost, summed] = settled(self.mean, self.squares);
        kept([mean, rest, self.unit, sum, squares, lost, summed])
    }
    /// Whether the mean is finite.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(super) fn has_mean(&self) -> bool {
        self.mean[0].minus(self.mean[0]) == T::ZERO
    }
    /// Whether nothing has overflowed, and nothing is infinite or NaN.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(super) fn is_finite(&self) -> bool {
        let of_squares = self.squares[0].minus(self.squares[0]);
        self.count == 0 || self.mean[0].minus(self.mean[0]).plus(of_squares) == T::ZERO
    }
    /// Whether the elements may be so small that nothing is left of their squares, and of the mean
    /// no more than its last places. Of zeros it cannot tell.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(super) fn may_be_tiny(&self) -> bool {
        self.squares[0] == T::ZERO && is_tiny(self.mean[0])
    }
    /// The mean; NaN of nothing.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn mean(&self) -> T {
        self.mean[0]
    }
    /// The variance, with the divisor `count - ddof`; NaN where that is not positive.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn variance(&self, ddof: usize) -> T {
        self.per_degree(ddof).times(self.unit).times(self.unit)
    }
    /// The square root of the variance.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn deviation(&self, ddof: usize) -> T {
        self.per_degree(ddof).sqrt().times(self.unit)
    }
    #[cfg_attr(not(unoptimised), inline(always))]
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
        all.squares =
            [a.squares[0].plus(b.squares[0]).plus(T::MAXIMUM).plus(mean.minus(mean)), T::ZERO];
    }
    all
}
