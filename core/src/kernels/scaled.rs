//! Means and variances once more, of elements whose deviations, or the squares of them, overflow,
//! and of infinities and NaN.
//!
//! Elements are scaled down by a power of 2 that leaves room for the squares of any of them, as
//! many as memory can hold, and are taken one after the other, in two passes. What the scaling
//! makes 0 is nothing beside what has overflowed.

use super::fold::{collapsed, two_sum};
use super::reduce::Elements;
use super::spread::Found;
use crate::element::Float;

/// 2 to the power 98 for `f32`, 560 for `f64`.
fn unit<T: Float>() -> T {
    let step = T::of_count(1 << 14);
    (0..if size_of::<T>() == 4 { 7 } else { 40 }).fold(T::ONE, |unit, _| unit.times(step))
}

/// What is known of each of `N` columns.
#[cold]
#[inline(never)]
pub(crate) fn scaled<E: Copy, T: Float, const N: usize>(
    mut elements: impl Elements<E>,
    map: impl Fn(E) -> T,
) -> [Found<T>; N] {
    let (unit, count) = (unit::<T>(), elements.count());
    let (shrink, of_count) = (T::ONE.divided(unit), T::of_count(count));
    let mut sums = [[T::ZERO; 2]; N];
    elements.visit(|c, x| add(&mut sums[c], map(x).times(shrink)));
    let from = sums.map(|sum| collapsed(sum).divided(of_count));
    let (mut sums, mut squares) = ([[T::ZERO; 2]; N], [[T::ZERO; 2]; N]);
    elements.visit(|c, x| {
        let deviation = map(x).times(shrink).minus(from[c]);
        add(&mut sums[c], deviation);
        add(&mut squares[c], deviation.times(deviation));
    });
    let mut all = [Found { count, mean: [T::NAN, T::ZERO], squares: [T::ZERO; 2], unit }; N];
    for (c, found) in all.iter_mut().enumerate() {
        // 0, but NaN where an element is infinite or NaN: there the mean is their sum's, and the
        // variance NaN.
        let not_finite = from[c].minus(from[c]);
        let sum = collapsed(sums[c]);
        let moved = sum.divided(of_count);
        let mean = if not_finite == T::ZERO { from[c].plus(moved) } else { from[c] };
        found.mean = [mean.times(unit), T::ZERO];
        found.squares = [collapsed(squares[c]).minus(sum.times(moved)).plus(not_finite), T::ZERO];
    }
    all
}

/// Adds to a sum and what it has lost, which stays below the last place of the sum, so that it
/// loses nothing itself.
#[inline(always)]
fn add<T: Float>([sum, lost]: &mut [T; 2], x: T) {
    let (after, lost_here) = two_sum(*sum, x);
    let (all, rest) = two_sum(after, lost.plus(lost_here));
    // An infinity stays what it is.
    (*sum, *lost) = if rest.minus(rest) == T::ZERO { (all, rest) } else { (after, T::ZERO) };
}
