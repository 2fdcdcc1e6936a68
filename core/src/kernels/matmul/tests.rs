//! Compares every kernel for matrix products with sums computed in `f64`, at every SIMD level. The
//! lengths are near the sizes of tiles and near multiples of these sizes. The strides are of all
//! kinds, and some products have batch axes.

extern crate std;

use std::vec;
use std::vec::Vec;

use super::*;
use crate::run::level::HAS_VECTORS;

/// Pseudo-random numbers from -1 to 1.
fn scattered(count: usize, seed: u64) -> Vec<f64> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 40) as f64 / f64::from(1 << 23) - 1.0
    };
    (0..count).map(|_| next()).collect()
}

/// How an array lies in a `Vec`: its strides, the index in the `Vec` of its first element, and the
/// length of the `Vec`.
struct Placed {
    strides: PerAxis<isize>,
    first: usize,
    size: usize,
}

/// Places an array of lengths `lens` in memory. `order` lists its axes, and the axis with the
/// smallest stride is first; that stride is `gap`. The axes in `reversed` have negative strides,
/// and the axes in `stretched` have stride 0.
fn placed(
    lens: &PerAxis<usize>,
    order: &[usize],
    gap: usize,
    reversed: &[usize],
    stretched: &[usize],
) -> Placed {
    let (mut strides, mut first, mut step) = ([0; MAX_RANK], 0, gap);
    for &k in order.iter().filter(|k| !stretched.contains(k)) {
        strides[k] = step as isize;
        if reversed.contains(&k) {
            first += step * lens[k].saturating_sub(1);
            strides[k] = -strides[k];
        }
        // 3 unused elements separate neighbouring rows, columns or matrices.
        step = step * lens[k].max(1) + if k < 2 { 3 } else { 0 };
    }
    Placed { strides, first, size: step + gap }
}

/// Places an array in one of four ways, which `which % 4` chooses:
///
/// 0. row-major;
/// 1. column-major;
/// 2. row-major with the rows reversed and a gap after each element;
/// 3. with the columns reversed and the first batch axis between the columns and the rows.
fn layout(lens: &PerAxis<usize>, which: usize, stretched: &[usize]) -> Placed {
    match which % 4 {
        0 => placed(lens, &[0, 1, 2, 3], 1, &[], stretched),
        1 => placed(lens, &[1, 0, 3, 2], 1, &[], stretched),
        2 => placed(lens, &[0, 1, 2, 3], 2, &[1], stretched),
        _ => placed(lens, &[0, 2, 1, 3], 1, &[0], stretched),
    }
}

trait Tested: Numeric {
    const EPSILON: f64;
    fn of(x: f64) -> Self;
    fn back(self) -> f64;
}
macro_rules! tested {
    ($($t:ty)*) => {$(
        impl Tested for $t {
            const EPSILON: f64 = <$t>::EPSILON as f64;
            fn of(x: f64) -> Self {
                x as $t
            }
            fn back(self) -> f64 {
                f64::from(self)
            }
        }
    )*};
}
tested! { f32 f64 }

/// Computes a product, and compares it with sums in `f64`. `lens` has the numbers of columns and
/// rows, and the lengths of two batch axes. `layouts` places the operands and the destination, and
/// `stretched` lists the axes that each operand stretches along.
fn check<T: Tested>(lens: [usize; 4], inner: usize, layouts: [usize; 3], stretched: [&[usize]; 2]) {
    let [columns, rows, batch, outer] = lens;
    let all = |first: usize, second: usize| [first, second, batch, outer, 1, 1, 1, 1];
    let (a_lens, b_lens, to_lens) = (all(inner, rows), all(columns, inner), all(columns, rows));
    let a = layout(&a_lens, layouts[0], stretched[0]);
    let b = layout(&b_lens, layouts[1], stretched[1]);
    let to = layout(&to_lens, layouts[2], &[]);
    let round = |x: &f64| T::of(*x);
    let a_memory: Vec<T> = scattered(a.size, 1).iter().map(round).collect();
    let b_memory: Vec<T> = scattered(b.size, 2).iter().map(round).collect();
    for level in Level::available() {
        let untouched = T::of(77.0);
        let mut memory = vec![untouched; to.size];
        // The pointers are those of the whole `Vec`s and not of the parts from `first` on, because
        // negative strides lead to elements before `first`.
        let problem = ProductTask {
            a: Strides { at: a_memory.as_ptr().wrapping_add(a.first), strides: a.strides },
            b: Strides { at: b_memory.as_ptr().wrapping_add(b.first), strides: b.strides },
            to: Strides { at: memory.as_mut_ptr().wrapping_add(to.first), strides: to.strides },
            lens: to_lens,
            inner,
        };
        // SAFETY: the strides of `a`, `b` and `to` lead to elements of `a_memory`, `b_memory` and
        // `memory`, and those of `to` to a different element at each index.
        unsafe { product(level, problem) };
        let at = |p: &Placed, [i, j, t, u]: [usize; 4]| {
            let steps = [j, i, t, u].into_iter().zip(p.strides).map(|(n, s)| n as isize * s);
            (p.first as isize + steps.sum::<isize>()) as usize
        };
        let mut written = 0;
        for u in 0..outer {
            for t in 0..batch {
                for i in 0..rows {
                    for j in 0..columns {
                        let terms = (0..inner).map(|p| {
                            a_memory[at(&a, [i, p, t, u])].back()
                                * b_memory[at(&b, [p, j, t, u])].back()
                        });
                        let (exact, size) =
                            terms.fold((0.0, 0.0), |(s, n), x: f64| (s + x, n + x.abs()));
                        let slot = &mut memory[at(&to, [i, j, t, u])];
                        let found = core::mem::replace(slot, untouched).back();
                        let bound = (inner.max(1) as f64) * (T::EPSILON + f64::EPSILON) * size;
                        assert!(
                            (found - exact).abs() <= bound,
                            "at {level}: {found} instead of {exact} at {i} {j} {t} {u} of {lens:?}, inner {inner}, {layouts:?}"
                        );
                        written += 1;
                    }
                }
            }
        }
        assert_eq!(written, rows * columns * batch * outer);
        assert!(memory.iter().all(|&x| x == untouched), "{level} writes beside {lens:?}");
    }
}

#[test]
fn every_rest_of_a_tile() {
    let mut layouts = 0;
    for rows in (1..=15).chain([18, 24, 25]) {
        for columns in (1..=9).chain([12, 15, 16, 17, 24, 31, 32, 33, 47]) {
            layouts += 1;
            let which = [layouts, layouts / 4, layouts / 16];
            let inner = [1, 6, 13][layouts % 3];
            check::<f32>([columns, rows, 1, 1], inner, which, [&[], &[]]);
            check::<f64>([columns, rows, 1, 1], inner + 1, which, [&[], &[]]);
        }
    }
}

/// After whole tiles, many different numbers of rows and columns are left. The products have more
/// than 20 * 1024 multiplications, because smaller products may be computed without packing.
#[test]
fn every_rest_of_a_block() {
    let mut layouts = 0;
    for rows in 2..=27 {
        for columns in [1, 7, 9, 16, 17, 31, 33, 47] {
            layouts += 1;
            let which = [layouts, layouts / 4, layouts / 16];
            check::<f32>(
                [columns, rows, 1, 1],
                3 + 20 * 1024 / (rows * columns),
                which,
                [&[], &[]],
            );
        }
    }
}

/// The inner axis has several stretches, or the columns several blocks.
#[test]
fn several_blocks() {
    for layouts in (0..16).step_by(3) {
        let which = [layouts, layouts / 4, layouts];
        check::<f32>([19, 7, 1, 1], 300 + layouts, which, [&[], &[]]);
        check::<f32>([530, 14, 1, 1], 5 + layouts, which, [&[], &[]]);
        check::<f64>([17, 55, 1, 1], 260, which, [&[], &[]]);
    }
}

/// One operand and the destination have one row, or one column.
#[test]
fn vectors() {
    for layouts in (0..64).step_by(5) {
        for (length, inner) in [(1, 9), (1, 700), (5, 33), (40, 31), (70, 17), (300, 80)] {
            let which = [layouts, layouts / 4, layouts / 16];
            check::<f32>([length, 1, 1, 1], inner, which, [&[], &[]]);
            check::<f64>([1, length, 1, 1], inner, which, [&[], &[]]);
        }
    }
}

/// The left operand has few rows, and each column of the right operand is contiguous, as `dots`
/// requires.
#[test]
fn few_rows() {
    for (k, rows) in [2, 3, 4, 5, 6, 7, 32, 33].into_iter().enumerate() {
        for (j, columns) in (3..=9).chain([17, 34]).enumerate() {
            let inner = rows * 16 + [0, 1, 7, 15, 31][(j + k) % 5];
            let which = [0, 1, j];
            check::<f32>([columns, rows, 1, 1], inner, which, [&[], &[]]);
            check::<f64>([columns, rows, 2, 1], inner, which, [&[], &[2]]);
        }
    }
}

/// The products have two batch axes, and the operands stretch along some of them.
#[test]
fn batches() {
    for layouts in (0..64).step_by(5) {
        let which = [layouts, layouts / 4, layouts / 16];
        for (rows, columns) in [(3, 5), (1, 16), (8, 1), (7, 18)] {
            for stretched in [
                [&[] as &[usize], &[]],
                [&[], &[2, 3]],
                [&[2], &[3]],
                [&[2, 3], &[2]],
                [&[3], &[2]],
            ] {
                check::<f32>([columns, rows, 3, 2], 4, which, stretched);
            }
        }
    }
}

/// If the inner axis has length 0, the product is zeros. If the destination has an axis of length
/// 0, nothing is written.
#[test]
fn nothing() {
    for lens in
        [[3, 2, 1, 1], [40, 30, 2, 1], [1, 1, 1, 1], [0, 2, 1, 1], [2, 0, 1, 1], [2, 2, 0, 1]]
    {
        for layouts in 0..4 {
            check::<f32>(lens, 0, [layouts; 3], [&[], &[]]);
            check::<f32>(lens, 3, [layouts; 3], [&[], &[]]);
        }
    }
}

/// A NaN or an infinity in the left operand makes each element of its row of the product a NaN or
/// an infinity, and changes no other elements.
#[test]
fn not_numbers() {
    let (rows, inner, columns) = (31, 40, 37);
    for level in Level::available() {
        let mut a = vec![1.0f32; rows * inner];
        let b = vec![1.0f32; inner * columns];
        a[3 * inner + 5] = f32::NAN;
        a[4 * inner + 39] = f32::INFINITY;
        let mut c = vec![0.0f32; rows * columns];
        let strides = |row: usize| [1, row as isize, 0, 0, 0, 0, 0, 0];
        let problem = ProductTask {
            a: Strides { at: a.as_ptr(), strides: strides(inner) },
            b: Strides { at: b.as_ptr(), strides: strides(columns) },
            to: Strides { at: c.as_mut_ptr(), strides: strides(columns) },
            lens: [columns, rows, 1, 1, 1, 1, 1, 1],
            inner,
        };
        // SAFETY: `a`, `b` and `c` are row-major matrices of the lengths of `problem`.
        unsafe { product(level, problem) };
        for (k, &x) in c.iter().enumerate() {
            match k / columns {
                3 => assert!(x.is_nan()),
                4 => assert_eq!(x, f32::INFINITY),
                _ => assert_eq!(x, inner as f32),
            }
        }
    }
}

/// Compares [`tiny`] and [`sized`], the functions for small static shapes, with sums in `f64`.
#[test]
fn small_shapes() {
    use crate::{Dim, Shape};
    fn check<T: Tested, A: Shape, B: Shape>() {
        assert_eq!(is_sized::<A, B>(), HAS_VECTORS);
        let [rows, inner, columns] = lens_of::<A, B>();
        let round = |x: &f64| T::of(*x);
        let a: Vec<T> = scattered(rows * inner, 1).iter().map(round).collect();
        let b: Vec<T> = scattered(inner * columns, 2).iter().map(round).collect();
        for level in Level::available() {
            let untouched = T::of(77.0);
            let [mut inlined, mut called] = [(); 2].map(|()| vec![untouched; rows * columns + 1]);
            // SAFETY: each `Vec` has at least as many elements as the shape of its matrix.
            unsafe {
                tiny::<T, A, B>(level, a.as_ptr(), b.as_ptr(), inlined.as_mut_ptr());
                sized::<T, A, B>(level, a.as_ptr(), b.as_ptr(), called.as_mut_ptr());
            }
            for found in [inlined, called] {
                for i in 0..rows {
                    for j in 0..columns {
                        let terms =
                            (0..inner).map(|p| a[i * inner + p].back() * b[p * columns + j].back());
                        let (exact, size) =
                            terms.fold((0.0, 0.0), |(s, n), x: f64| (s + x, n + x.abs()));
                        let found = found[i * columns + j].back();
                        let bound = inner as f64 * (T::EPSILON + f64::EPSILON) * size;
                        assert!(
                            (found - exact).abs() <= bound,
                            "at {level}: {found} instead of {exact} at {i} {j}"
                        );
                    }
                }
                assert!(
                    found[rows * columns] == untouched,
                    "{level} writes beside {rows} {columns}"
                );
            }
        }
    }
    macro_rules! shapes {
        ($($m:literal $k:literal $n:literal;)*) => {$(
            check::<f32, (Dim<$m>, Dim<$k>), (Dim<$k>, Dim<$n>)>();
            check::<f64, (Dim<$m>, Dim<$k>), (Dim<$k>, Dim<$n>)>();
        )*};
    }
    shapes! {
        2 1 2; 3 5 7; 4 4 4; 5 3 9; 6 2 17; 7 8 15; 8 8 8; 9 4 31; 16 16 16; 13 7 33; 6 6 6; 7 7 7;
        12 3 12; 11 2 8; 9 3 20; 5 2 24; 3 3 3;
    }
}

/// The number of multiplications of these products overflows 32 bits, or a `usize`.
#[test]
fn products_of_large_matrices_are_not_sized() {
    type Square = (crate::Dim<2048>, crate::Dim<2048>);
    const { assert!(!is_sized::<Square, Square>() && !is_tiny::<f32, Square, Square>()) };
    let b = Matrix { at: core::ptr::null::<f32>(), row: 1 << 20, column: 1 };
    assert!(!floats::is_few(&b, [1 << (usize::BITS / 2); 3]));
}

#[test]
fn tiles_of_registers_are_what_loops_over_elements_are() {
    let lens =
        [[1, 5, 1], [4, 4, 4], [3, 3, 1], [1, 64, 10], [2, 7, 4], [5, 9, 6], [7, 1, 9], [2, 0, 3]];
    for [rows, inner, columns] in lens {
        let a: Vec<f32> = scattered(rows * inner, 1).into_iter().map(|x| x as f32).collect();
        let b: Vec<f32> = scattered(inner * columns, 2).into_iter().map(|x| x as f32).collect();
        let expected: Vec<f32> = (0..rows * columns)
            .map(|k| {
                let (r, c) = (k / columns, k % columns);
                (0..inner).fold(0.0, |sum, p| sum + a[r * inner + p] * b[p * columns + c])
            })
            .collect();
        // The right operand is `b`, which is row-major, and then `along`, which has the same
        // elements in column-major order. For that order `scalar` has a loop over contiguous
        // elements.
        let mut along = vec![0.0f32; inner * columns];
        for (k, &x) in b.iter().enumerate() {
            along[k % columns * inner + k / columns] = x;
        }
        for (b, row, column) in [(&b, columns as isize, 1), (&along, 1, inner as isize)] {
            let mut to = vec![77.0f32; rows * columns];
            let part = (
                Matrix { at: a.as_ptr(), row: inner as isize, column: 1 },
                Matrix { at: b.as_ptr(), row, column },
                Matrix { at: to.as_mut_ptr(), row: columns as isize, column: 1 },
            );
            // SAFETY: `a`, `b` and `to` have the lengths `[rows, inner, columns]`.
            unsafe { scalar::product::<_, false>(part, [rows, inner, columns]) };
            assert_eq!(to, expected, "{rows} {inner} {columns}");
        }
    }
}
