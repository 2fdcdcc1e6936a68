//! Means and variances once more, of elements whose deviations, or the squares of them, overflow,
//! of infinities and NaN, and of elements that are all so small that no square is left of any.
//!
//! Elements are multiplied by a power of 2 that leaves room for the squares of any of them, as many
//! as memory can hold, and are taken one after the other, in two passes. What becomes 0 is nothing
//! beside what has overflowed.

use super::fold::{collapsed, two_sum};
use super::reduce::Elements;
use super::spread::Found;
use crate::element::Float;

/// Whether the square of `x` is nothing.
#[inline(always)]
pub(super) fn is_tiny<T: Float>(x: T) -> bool {
    let bound = T::ONE.divided(T::FAR);
    x < bound && bound.negated() < x
}

/// Gives to `give` what is known after all of those of `width` columns of which `found`, what is known
/// of one, does not say enough. The bits of the others are not to depend on their neighbours.
#[cold]
#[inline(never)]
pub(super) fn again<E: Copy, T: Float, const N: usize>(
    mut elements: impl Elements<E>,
    map: impl Fn(E) -> T,
    width: usize,
    found: impl Fn(usize) -> Found<T>,
    mut give: impl FnMut(usize, Found<T>),
) {
    if (0..width).any(|c| !found(c).is_finite()) {
        let all: [Found<T>; N] = in_units(elements, &map, T::FAR);
        for (c, &again) in all.iter().enumerate().take(width) {
            // A mean that is finite stays, so that it has the bits that it has by itself.
            let before = found(c);
            if !before.is_finite() {
                give(c, Found { mean: if before.has_mean() { before.mean } else { again.mean }, ..again });
            }
        }
    }
    if !(0..width).any(|c| found(c).may_be_tiny()) {
        return;
    }
    let (mut tiny, mut zero) = ([true; N], [true; N]);
    elements.visit(|c, x| {
        let x = map(x);
        tiny[c] &= is_tiny(x);
        zero[c] &= x == T::ZERO;
    });
    if (0..width).any(|c| tiny[c] & !zero[c]) {
        let all: [Found<T>; N] = in_units(elements, &map, T::ONE.divided(T::FAR));
        for (c, &again) in all.iter().enumerate().take(width) {
            if tiny[c] & !zero[c] {
                give(c, again);
            }
        }
    }
}

/// As [`again`], of one column.
#[cold]
#[inline(never)]
pub(super) fn again_one<E: Copy, T: Float>(
    elements: impl Elements<E>,
    map: impl Fn(E) -> T,
    found: Found<T>,
) -> Found<T> {
    let mut known = found;
    again::<E, T, 1>(elements, map, 1, |_| found, |_, after| known = after);
    known
}

/// What is known of each of `N` columns, of elements in units of a power of 2.
#[inline(always)]
fn in_units<E: Copy, T: Float, const N: usize>(
    mut elements: impl Elements<E>,
    map: impl Fn(E) -> T,
    unit: T,
) -> [Found<T>; N] {
    let count = elements.count();
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
