//! Means and variances in other units: of elements whose deviations, or the squares of these,
//! overflow, of infinities and NaN, and of elements that are all so small that their squares are 0.
//!
//! 1. A column whose state is not finite gets a large unit, a power of 2, and one whose elements
//!    are all tiny, but not all 0, gets the inverse. Elements divided by the large unit leave room
//!    for the sum of the squares of as many as memory can hold. Those that become 0 are negligible
//!    compared with what has overflowed.
//! 2. First pass: the sum of the elements in the unit, and from it the rounded mean.
//! 3. Second pass: the sums of the deviations from that mean, and of their squares. All three sums
//!    carry their rounding errors.
//! 4. The mean is converted back; the squares keep the unit, which the state stores.
//!
//! Other columns keep the states that they have.

use super::around;
use crate::element::Float;
use crate::kernels::reduce::elements::Elements;
use crate::kernels::reduce::spread::found::{Found, is_tiny};
use crate::kernels::reduce::sums::{collapsed, two_sum};
use crate::kernels::reduce::tree::{Planes, each};

/// A column: what is known of it, and the sums that are being computed for it.
#[derive(Clone, Copy)]
struct Column<T> {
    found: Found<T>,
    /// The unit of its elements; 0 if the column keeps its state.
    unit: T,
    /// The mean that deviations are from, in units; 0 in the first pass.
    from: T,
    /// The sum of the deviations, and what its rounding has lost.
    sum: [T; 2],
    /// The sum of the squared deviations, and what its rounding has lost.
    squares: [T; 2],
}
impl<T: Float> Column<T> {
    fn of(found: Found<T>) -> Self {
        let unit = if found.is_finite() { T::ZERO } else { T::SQUARE_UNIT };
        Self { found, unit, from: T::ZERO, sum: [T::ZERO; 2], squares: [T::ZERO; 2] }
    }
    /// The deviation of an element, in units; `None` if the column keeps its state.
    fn deviation(&self, x: T) -> Option<T> {
        (self.unit != T::ZERO).then(|| x.times(T::ONE.divided(self.unit)).minus(self.from))
    }
}

/// Returns the states, with new ones for those of the `width` columns whose state did not determine
/// the result. The other columns keep theirs, so that no bits depend on neighbours.
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
    // Columns are accessed by `get`, so that no panic is left in the code.
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

/// Computes the means and squares of the columns that have a unit, of `count` elements each.
/// `visit` calls the function that it is given with the column and the value of each element; both
/// are trait objects, so that this is compiled once for all sources.
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
        // 0, or NaN if an element is infinite or NaN. Then the mean is that of the first pass, and
        // the variance is NaN.
        let not_finite = from.minus(*from);
        let sum = collapsed(*sum);
        let moved = sum.divided(of_count);
        let mean = if not_finite == T::ZERO { from.plus(moved) } else { *from };
        // A mean that was finite stays, so that its bits are those of a mean without a variance.
        if found.is_finite() | !found.has_mean() {
            found.mean = [mean.times(*unit), T::ZERO];
        }
        found.squares = [around(collapsed(*squares), sum.times(moved)).plus(not_finite), T::ZERO];
        found.unit = *unit;
    }
}

/// Adds `x` to a sum and to what the sum has lost. The latter stays below the last place of the
/// sum, so that it loses nothing itself.
#[cfg_attr(not(unoptimised), inline(always))]
fn add<T: Float>([sum, lost]: &mut [T; 2], x: T) {
    let (after, lost_here) = two_sum(*sum, x);
    let (all, rest) = two_sum(after, lost.plus(lost_here));
    // A sum that is infinite stays so, instead of becoming NaN.
    (*sum, *lost) = if rest.minus(rest) == T::ZERO { (all, rest) } else { (after, T::ZERO) };
}
