//! Cuts large products into tasks for several threads: by batches, else into blocks of rows, else
//! of columns of the destination.
//!
//! Where a product is cut depends on its lengths alone. A part is computed by the same kernel as
//! the whole, so each element is the same sum as in one task.

use super::ProductTask;
use crate::axes::MAX_RANK;
use crate::kernels::split::both;

/// The least number of multiplications of a product that is cut.
const FEWEST_MULTIPLICATIONS: usize = 1 << 20;
/// A part has at least about this many rows, since every part packs the columns of the right
/// operand again. A product with so many rows is computed by `blocked`, as a whole and in parts.
const ROWS: usize = 128;
/// Rows are cut at a multiple of this number, which the number of rows of each full register tile
/// divides.
const TILE_ROWS: usize = 12;
/// Columns are cut at a multiple of this number, where the blocks of the right operand end.
const COLUMNS: usize = 512;

/// Whether `problem` is cut.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn is_large<T>(problem: &ProductTask<T>) -> bool {
    multiplications(problem) >= FEWEST_MULTIPLICATIONS
}

fn multiplications<T>(problem: &ProductTask<T>) -> usize {
    problem.lens.iter().fold(problem.inner, |product, &len| product.saturating_mul(len))
}

/// Calls `body` with each part of `problem`, whose batch axes have been folded.
pub(super) fn halved<T: Copy + Send + Sync>(
    problem: &ProductTask<T>,
    body: &(dyn Fn(ProductTask<T>) + Sync),
) {
    match if is_large(problem) { cut(problem) } else { None } {
        Some((first, second)) => {
            both(&mut move || halved(&first, body), &mut move || halved(&second, body));
        }
        None => body(*problem),
    }
}

/// The two parts of `problem`; `None` if it is not cut.
fn cut<T: Copy>(problem: &ProductTask<T>) -> Option<(ProductTask<T>, ProductTask<T>)> {
    let [columns, rows, ..] = problem.lens;
    // The outermost batch axis, so that none is outside it: when its length is 1, that one would be
    // folded into the rows instead.
    if let Some(k) = (2..MAX_RANK).rev().find(|&k| problem.lens[k] > 1) {
        return Some(at(problem, k, problem.lens[k] / 2));
    }
    // With such a destination vectors run along the columns at every level, whatever the number of
    // rows.
    if problem.to.strides[0] != 1 || columns < 64 {
        return None;
    }
    if rows >= 2 * ROWS {
        return Some(at(problem, 1, (rows / 2).next_multiple_of(TILE_ROWS)));
    }
    if rows >= TILE_ROWS && columns >= 2 * COLUMNS {
        return Some(at(problem, 0, columns / 2 / COLUMNS * COLUMNS));
    }
    None
}

/// The part of `problem` before index `index` along axis `k` of the destination, and the part from
/// there on.
fn at<T: Copy>(
    problem: &ProductTask<T>,
    k: usize,
    index: usize,
) -> (ProductTask<T>, ProductTask<T>) {
    let (mut first, mut second) = (*problem, *problem);
    first.lens[k] = index;
    second.lens[k] -= index;
    let steps = index as isize;
    // The rows are an axis of the left operand only, and the columns of the right one only: axis 0
    // of the left operand and axis 1 of the right one are the inner axis.
    if k != 0 {
        second.a.at = problem.a.at.wrapping_offset(problem.a.strides[k].wrapping_mul(steps));
    }
    if k != 1 {
        second.b.at = problem.b.at.wrapping_offset(problem.b.strides[k].wrapping_mul(steps));
    }
    second.to.at = problem.to.at.wrapping_offset(problem.to.strides[k].wrapping_mul(steps));
    (first, second)
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::vec;
    use std::vec::Vec;

    use super::*;
    use crate::kernels::matmul::{product, product_of};
    use crate::read::Strides;
    use crate::run::level::Level;

    /// Compares a product with and without tasks. The operands are row-major, and the destination
    /// has `gap` unused elements between batches.
    fn same([columns, rows, inner]: [usize; 3], batches: usize, shared: bool, gap: usize) {
        let number = |k: usize| (k.wrapping_mul(2_654_435_761) >> 7) as f32 % 1001.0 / 333.0 - 1.5;
        let a: Vec<f32> = (0..batches * rows * inner).map(number).collect();
        let b: Vec<f32> = (0..batches * inner * columns).map(|k| number(k + 77)).collect();
        let mut lens = [1; MAX_RANK];
        lens[..3].copy_from_slice(&[columns, rows, batches]);
        let strides = |row: usize, batch: usize| {
            let mut strides = [0; MAX_RANK];
            strides[..3].copy_from_slice(&[1, row as isize, batch as isize]);
            strides
        };
        let between = rows * columns + gap;
        let results = [true, false].map(|in_tasks| {
            let mut to = vec![7.0f32; batches * between];
            let problem = ProductTask {
                a: Strides { at: a.as_ptr(), strides: strides(inner, rows * inner) },
                b: Strides {
                    at: b.as_ptr(),
                    strides: strides(columns, if shared { 0 } else { inner * columns }),
                },
                to: Strides { at: to.as_mut_ptr(), strides: strides(columns, between) },
                lens,
                inner,
            };
            assert!(
                is_large(&problem) && cut_somewhere(&problem),
                "{columns} {rows} {inner} {batches} {shared} {gap}"
            );
            // SAFETY: the strides reach the operands' elements, and each of the destination's once.
            unsafe {
                if in_tasks {
                    product(Level::current(), problem);
                } else {
                    product_of(Level::current(), problem);
                }
            }
            to.iter().map(|x| x.to_bits()).collect::<Vec<_>>()
        });
        assert!(results[0] == results[1], "{columns} {rows} {inner} {batches} {shared} {gap}");
    }

    fn cut_somewhere(problem: &ProductTask<f32>) -> bool {
        cut(&problem.folded()).is_some()
    }

    #[test]
    fn parts_are_what_the_whole_is() {
        for (shared, gap) in [(false, 0), (true, 0), (true, 5)] {
            same([101, 259, 47], 1, shared, gap);
            same([64, 1000, 300], 1, shared, gap);
            same([1500, 13, 61], 1, shared, gap);
            same([1025, 100, 33], 1, shared, gap);
            same([67, 65, 66], 5, shared, gap);
            same([512, 1, 128], 259, shared, gap);
            same([71, 29, 17], 60, shared, gap);
        }
    }
}
