//! Means and variances once more, of elements whose deviations, or the squares of them, overflow,
//! of infinities and NaN, and of elements that are all so small that no square is left of any.
//!
//! Elements are multiplied by a power of 2 that leaves room for the squares of any of them, as many
//! as memory can hold, and are taken one after the other, in two passes. What becomes 0 is nothing
//! beside what has overflowed.

use super::around;
use crate::element::Float;
use crate::kernels::reduce::elements::Elements;
use crate::kernels::reduce::spread::found::{Found, is_tiny};
use crate::kernels::reduce::sums::{collapsed, two_sum};
use crate::kernels::reduce::tree::{Planes, each};

/// What is known of a column, and what it takes to know it.
#[derive(Clone, Copy)]
struct Column<T> {
    found: Found<T>,
    /// The unit of its elements; 0 where it is not to be done again.
    unit: T,
    from: T,
    sum: [T; 2],
    squares: [T; 2],
}
impl<T: Float> Column<T> {
    fn of(found: Found<T>) -> Self {
        let unit = if found.is_finite() { T::ZERO } else { T::SQUARE_UNIT };
        Self { found, unit, from: T::ZERO, sum: [T::ZERO; 2], squares: [T::ZERO; 2] }
    }
    /// The deviation of an element, in units of the column; none where it is not to be done again.
    fn deviation(&self, x: T) -> Option<T> {
        (self.unit != T::ZERO).then(|| x.times(T::ONE.divided(self.unit)).minus(self.from))
    }
}

/// The states, where each of `width` columns that did not say enough is replaced. The bits of the
/// others are not to depend on their neighbours.
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
    // What is one of the columns is asked for by `get`: so no panic is left.
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

/// Finds what is known of `count` elements of each column, of those that are to be done again.
/// `visit` gives each column and element to what it is given: by reference, so that this is
/// compiled once for all that is reduced.
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
        // 0, but NaN where an element is infinite or NaN: there the mean is their sum's, and the
        // variance NaN.
        let not_finite = from.minus(*from);
        let sum = collapsed(*sum);
        let moved = sum.divided(of_count);
        let mean = if not_finite == T::ZERO { from.plus(moved) } else { *from };
        // A mean that is finite stays, so that it has the bits that it has by itself.
        if found.is_finite() | !found.has_mean() {
            found.mean = [mean.times(*unit), T::ZERO];
        }
        found.squares = [around(collapsed(*squares), sum.times(moved)).plus(not_finite), T::ZERO];
        found.unit = *unit;
    }
}

/// Adds to a sum and what it has lost, which stays below the last place of the sum, so that it
/// loses nothing itself.
#[cfg_attr(not(unoptimised), inline(always))]
fn add<T: Float>([sum, lost]: &mut [T; 2], x: T) {
    let (after, lost_here) = two_sum(*sum, x);
    let (all, rest) = two_sum(after, lost.plus(lost_here));
    // An infinity stays what it is.
    (*sum, *lost) = if rest.minus(rest) == T::ZERO { (all, rest) } else { (after, T::ZERO) };
}
