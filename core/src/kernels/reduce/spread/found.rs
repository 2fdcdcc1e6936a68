//! The count, mean and variance of all elements, from the final state of a fold.

use super::{Spread, kept, settled, whole};
use crate::element::Float;
use crate::kernels::reduce::tree::Fold;

/// Whether the magnitude of `x` is below `1 / SQUARE_UNIT`, so that in `f32` and `f64` its square
/// is rounded to 0.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn is_tiny<T: Float>(x: T) -> bool {
    let bound = T::ONE.divided(T::SQUARE_UNIT);
    x < bound && bound.negated() < x
}

/// The count and the mean of all elements, and the sum of their squared deviations from the mean.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found<T> {
    /// The number of elements.
    pub(crate) count: usize,
    /// The rounded mean of the elements, and its rounding error.
    pub(crate) mean: [T; 2],
    /// The rounded sum of the squared deviations from the mean, and its rounding error. Both are to
    /// be multiplied by the square of [`unit`](Self::unit).
    pub(crate) squares: [T; 2],
    /// The unit of the deviations. It is 1, unless the elements were read again in another unit.
    pub(crate) unit: T,
}
impl<T: Float> Found<T> {
    /// The values that the settled state of `count` elements stands for.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn of<const P: usize>(state: [T; P], count: usize) -> Self {
        let [mean, rest, unit, _, squares, lost, _] = whole(state);
        if count == 0 {
            return Self { count, mean: [T::NAN, T::ZERO], squares: [T::ZERO; 2], unit: T::ONE };
        }
        let unit = if unit == T::ZERO { T::ONE } else { unit };
        Self { count, mean: [mean, rest], squares: [squares, lost], unit }
    }
    /// The state that stands for `self`. A state has no part for the unit; but no segment is open
    /// in this state, so the unit is stored in place of the anchor.
    pub(super) fn state<const P: usize>(self) -> [T; P] {
        let [mean, rest, _, sum, squares, lost, summed] = settled(self.mean, self.squares);
        kept([mean, rest, self.unit, sum, squares, lost, summed])
    }
    /// Whether the mean is finite.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(super) fn has_mean(&self) -> bool {
        self.mean[0].minus(self.mean[0]) == T::ZERO
    }
    /// Whether the mean and the squares are finite, or there are no elements.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(super) fn is_finite(&self) -> bool {
        let of_squares = self.squares[0].minus(self.squares[0]);
        self.count == 0 || self.mean[0].minus(self.mean[0]).plus(of_squares) == T::ZERO
    }
    /// Whether the elements may be so small that their squares are 0 and that the mean has few
    /// significant bits. Also true if all elements are 0.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(super) fn may_be_tiny(&self) -> bool {
        self.squares[0] == T::ZERO && is_tiny(self.mean[0])
    }
    /// The rounded mean; NaN if there are no elements.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn mean(&self) -> T {
        self.mean[0]
    }
    /// The variance, with the divisor `count - ddof`; NaN if the divisor is not positive.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn variance(&self, ddof: usize) -> T {
        self.per_degree(ddof).times(self.unit).times(self.unit)
    }
    /// The standard deviation: the square root of the variance.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn deviation(&self, ddof: usize) -> T {
        self.per_degree(ddof).sqrt().times(self.unit)
    }
    /// The sum of squares divided by `count - ddof`, the degrees of freedom: the variance divided
    /// by the square of the unit.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn per_degree(&self, ddof: usize) -> T {
        if self.count <= ddof {
            return T::NAN;
        }
        self.squares[0].plus(self.squares[1]).divided(T::of_count(self.count - ddof))
    }
}

/// The count, mean and squares of the elements of `a` and of `b` together. `b` has at most as many
/// elements as `a`.
#[inline]
pub(crate) fn merged<T: Float>(a: Found<T>, b: Found<T>) -> Found<T> {
    let shares = <Spread as Fold<T>>::weights(a.count, b.count);
    let state = |of: Found<T>| settled(of.mean, of.squares);
    let count = a.count.saturating_add(b.count);
    let mut all = Found::of(Spread::merge::<true>(state(a), state(b), shares), count);
    if !all.is_finite() {
        // An element is infinite or NaN, or a difference of means or a square has overflowed.
        // `mean` is computed without such a difference. If `mean` is not finite, `mean - mean`
        // makes the squares NaN. Otherwise `MAXIMUM` makes them at least the largest float.
        let mean = a.mean[0].times(T::ONE.minus(shares.share)).plus(b.mean[0].times(shares.share));
        all.mean = if all.has_mean() { all.mean } else { [mean, T::ZERO] };
        all.squares =
            [a.squares[0].plus(b.squares[0]).plus(T::MAXIMUM).plus(mean.minus(mean)), T::ZERO];
    }
    all
}
