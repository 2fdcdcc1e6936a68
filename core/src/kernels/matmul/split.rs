//! Splits large products into tasks for several threads. The destination is split along a batch
//! axis if there is one, otherwise into blocks of rows, otherwise into blocks of columns.
//!
//! Where a product is split depends on its lengths and strides, and never on the number of threads.
//! Each part is computed by the same kernel as the whole product would be. So each element is the
//! same sum, with the same bits, as in one task.

use super::ProductTask;
use crate::axes::MAX_RANK;
use crate::kernels::split::both;

/// The least number of multiplications of a product that is split into tasks.
const FEWEST_MULTIPLICATIONS: usize = 1 << 20;
/// The least number of rows of a part, roughly: each part packs the right operand again, which
/// takes too long for fewer rows. With at least this many rows, `blocked` is the kernel for the
/// parts, as it is for the whole product.
const ROWS: usize = 128;
/// Rows are split at a multiple of this number. It is a multiple of the number of rows of a full
/// register tile at every SIMD level, so the tiles of the parts are those of the whole.
const TILE_ROWS: usize = 12;
/// Columns are split at a multiple of this number, which is the width of a block of the right
/// operand in `blocked`.
const COLUMNS: usize = 512;

/// Whether `problem` is large enough to be split into tasks.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn is_large<T>(problem: &ProductTask<T>) -> bool {
    multiplications(problem) >= FEWEST_MULTIPLICATIONS
}

fn multiplications<T>(problem: &ProductTask<T>) -> usize {
    problem.lens.iter().fold(problem.inner, |product, &len| product.saturating_mul(len))
}

/// Splits `problem` in two, again and again, as long as the parts are large, and calls `body` with
/// each part that is not split further. The caller has merged the batch axes of `problem` into its
/// rows where possible ([`ProductTask::folded`]).
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

/// The two parts into which `problem` is split; `None` if it is not split.
fn cut<T: Copy>(problem: &ProductTask<T>) -> Option<(ProductTask<T>, ProductTask<T>)> {
    let [columns, rows, ..] = problem.lens;
    // Splits the outermost batch axis. If an inner batch axis were split down to length 1, `folded`
    // could merge the axis outside it into the rows, and the part would be computed differently.
    if let Some(k) = (2..MAX_RANK).rev().find(|&k| problem.lens[k] > 1) {
        return Some(at(problem, k, problem.lens[k] / 2));
    }
    // A single matrix is split only if the rows of `to` are contiguous and long. Then SIMD vectors
    // run along the rows at every SIMD level, however many rows a part has, and no part is computed
    // as a transposed product.
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
/// `index` on.
fn at<T: Copy>(
    problem: &ProductTask<T>,
    k: usize,
    index: usize,
) -> (ProductTask<T>, ProductTask<T>) {
    let (mut first, mut second) = (*problem, *problem);
    first.lens[k] = index;
    second.lens[k] -= index;
    let steps = index as isize;
    // If the columns are split (`k` is 0), both parts read the whole left operand, whose axis 0 is
    // the inner axis. If the rows are split (`k` is 1), both read the whole right operand, whose
    // axis 1 is the inner axis.
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

    /// Asserts that a product has the same bits with tasks and without. The operands are row-major.
    /// If `shared`, all batches read the same right operand. The destination has `gap` unused
    /// elements between batches.
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
            // SAFETY: the strides lead to elements of `a`, `b` and `to`, and to each element of
            // `to` at most once.
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
