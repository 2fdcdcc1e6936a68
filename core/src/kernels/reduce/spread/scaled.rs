//! Means and variances in other units, for a column (or region) where a deviation or its square
//! overflows, where an element is infinite or NaN, or where all elements are so small that their
//! squares are 0.
//!
//! 1. A column whose state is not finite gets a large unit, which is a power of 2. A column whose
//!    elements are all tiny, but not all 0, gets the inverse of that unit. Elements are divided by
//!    the unit. If the unit is large, the squares of as many elements as memory can hold have a
//!    finite sum, and an element that becomes 0 is negligible compared with the elements that made
//!    the state overflow.
//! 2. First pass: the sum of the elements in the unit, and from that sum the rounded mean.
//! 3. Second pass: the sum of the deviations from that mean, and the sum of their squares. These
//!    two sums and that of the first pass carry their rounding errors.
//! 4. The mean is multiplied by the unit. The sum of squares stays in the unit, which the state
//!    stores.
//!
//! All other columns keep their states.

use super::around;
use crate::element::Float;
use crate::kernels::reduce::elements::Elements;
use crate::kernels::reduce::spread::found::{Found, is_tiny};
use crate::kernels::reduce::sums::{collapsed, two_sum};
use crate::kernels::reduce::tree::{Planes, each};

/// A column: its count, mean and squares so far, and the sums that are computed for it in a pass.
#[derive(Clone, Copy)]
struct Column<T> {
    found: Found<T>,
    /// The unit that elements are divided by; 0 if the column keeps its state.
    unit: T,
    /// The number that is subtracted from each element, in units: 0 in the first pass, the rounded
    /// mean in the second.
    from: T,
    /// The sum of the deviations from `from`, and what the rounding of the sum has lost.
    sum: [T; 2],
    /// The sum of the squared deviations, and what the rounding of the sum has lost.
    squares: [T; 2],
}
impl<T: Float> Column<T> {
    fn of(found: Found<T>) -> Self {
        let unit = if found.is_finite() { T::ZERO } else { T::SQUARE_UNIT };
        Self { found, unit, from: T::ZERO, sum: [T::ZERO; 2], squares: [T::ZERO; 2] }
    }
    /// `x / unit - from`: how far `x` is from `from`, both measured in `unit`. `None` if `unit` is
    /// 0, which marks a column whose state must not change.
    fn deviation(&self, x: T) -> Option<T> {
        (self.unit != T::ZERO).then(|| x.times(T::ONE.divided(self.unit)).minus(self.from))
    }
}

/// Returns `states`, with a new state for each of the first `width` columns whose state is not
/// finite, or whose elements are all tiny and not all 0. All other columns keep their states, so
/// the bits of a column do not depend on its neighbours.
#[cold]
#[inline(never)]
pub(super) fn again<E: Copy, T: Float, const N: usize, const P: usize>(
    mut elements: impl Elements<E>,
    map: impl Fn(E) -> T,
    width: usize,
    mut states: [[T; N]; P],
) -> [[T; N]; P] {
    let count = elements.count();
    let mut columns: [Column<T>; N] =
        each(|c| Column::of(Found::of(Planes::get(&states, c), count)));
    // Columns are accessed by `get` instead of by index, so that no panic is left in the code.
    let columns = columns.get_mut(..width).unwrap_or_default();
    if columns.iter().any(|column| column.found.may_be_tiny()) {
        let (mut tiny, mut zero) = ([true; N], [true; N]);
        elements.visit(|c, x| {
            let x = map(x);
            if let (Some(tiny), Some(zero)) = (tiny.get_mut(c), zero.get_mut(c)) {
                *tiny &= is_tiny(x);
                *zero &= x == T::ZERO;
            }
        });
        for ((column, tiny), zero) in columns.iter_mut().zip(tiny).zip(zero) {
            if tiny & !zero {
                column.unit = T::ONE.divided(T::SQUARE_UNIT);
            }
        }
    }
    if columns.iter().all(|column| column.unit == T::ZERO) {
        return states;
    }
    in_units(columns, count, &mut |to| elements.visit(|c, x| to(c, map(x))));
    for (c, column) in columns.iter().enumerate().filter(|(_, column)| column.unit != T::ZERO) {
        Planes::set(&mut states, c, column.found.state());
    }
    states
}

/// Computes the means and squares of those columns that have a unit. Each column has `count`
/// elements. `visit` calls its argument for each element, with the index of the column and the
/// value of the element. `visit` and its argument are trait objects, so that `in_units` is compiled
/// once for all sources.
#[inline(never)]
fn in_units<T: Float>(
    columns: &mut [Column<T>],
    count: usize,
    visit: &mut dyn FnMut(&mut dyn FnMut(usize, T)),
) {
    let of_count = T::of_count(count);
    visit(&mut |c, x| {
        let Some(column) = columns.get_mut(c) else { return };
        if let Some(x) = column.deviation(x) {
            add(&mut column.sum, x);
        }
    });
    for column in &mut *columns {
        column.from = collapsed(column.sum).divided(of_count);
        column.sum = [T::ZERO; 2];
    }
    visit(&mut |c, x| {
        let Some(column) = columns.get_mut(c) else { return };
        if let Some(deviation) = column.deviation(x) {
            add(&mut column.sum, deviation);
            add(&mut column.squares, deviation.times(deviation));
        }
    });
    for Column { found, unit, from, sum, squares } in columns {
        // `not_finite` is 0, or NaN if an element is infinite or NaN. If it is NaN, the mean is
        // that of the first pass, and the variance is NaN.
        let not_finite = from.minus(*from);
        let sum = collapsed(*sum);
        let moved = sum.divided(of_count);
        let mean = if not_finite == T::ZERO { from.plus(moved) } else { *from };
        // If only the squares overflowed, the mean stays as it is, so that its bits do not depend
        // on whether a variance is also computed.
        if found.is_finite() | !found.has_mean() {
            found.mean = [mean.times(*unit), T::ZERO];
        }
        found.squares = [around(collapsed(*squares), sum.times(moved)).plus(not_finite), T::ZERO];
        found.unit = *unit;
    }
}

/// Adds `x` to `sum`, and adds to `lost` what the rounding of `sum` loses. As much of `lost` as
/// fits is moved to `sum` each time, so that `lost` stays smaller than the last bit of `sum` and
/// does not lose anything in turn.
#[cfg_attr(not(unoptimised), inline(always))]
fn add<T: Float>([sum, lost]: &mut [T; 2], x: T) {
    let (after, lost_here) = two_sum(*sum, x);
    let (all, rest) = two_sum(after, lost.plus(lost_here));
    // If the sum is infinite, `rest` is NaN or infinite. Then `lost` is set to 0, so that the sum
    // stays infinite instead of becoming NaN.
    (*sum, *lost) = if rest.minus(rest) == T::ZERO { (all, rest) } else { (after, T::ZERO) };
}
