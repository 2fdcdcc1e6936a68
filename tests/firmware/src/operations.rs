//! Single operations: with the library, with hand-written loops, and in C.

use core::arch::asm;
use core::hint::black_box;
#[cfg(feature = "c")]
use core::mem::MaybeUninit;

use shapewright::prelude::*;

#[cfg(feature = "c")]
use crate::twins;

static READINGS: [[f32; 3]; 100] = crate::rows(1, 20.0, 5.0);
static MANY: [f32; 64] = crate::numbers(500, 20.0, 0.0);
static COLUMNS: [[f32; 10]; 64] = crate::rows(600, 4.0, 0.0);
static SQUARE: [[f32; 4]; 4] = crate::rows(700, 1.0, 0.0);
static OTHER: [[f32; 4]; 4] = crate::rows(800, 1.0, 0.0);
static SMALL: [[f32; 3]; 3] = crate::rows(900, 1.0, 0.0);

/// The square root, by the processor's instruction.
pub(crate) fn root(x: f32) -> f32 {
    let mut bits = x.to_bits();
    // SAFETY: the instruction uses two floating-point registers, which are declared.
    unsafe {
        asm!(
            "vmov s0, {bits}", "vsqrt.f32 s0, s0", "vmov {bits}, s0",
            bits = inout(reg) bits, out("s0") _, options(pure, nomem, nostack)
        );
    }
    f32::from_bits(bits)
}

macro_rules! row {
    ($(#[$doc:meta])* $name:ident: $ours:expr, $plain:expr, $in_c:expr $(, within $within:ident)?) => {
        $(#[$doc])*
        pub mod $name {
            #[allow(unused_imports)]
            use super::*;
            /// With the library.
            pub fn ours() {
                #[inline(never)]
                fn work() {
                    black_box($ours);
                }
                work();
            }
            /// With loops.
            pub fn plain() {
                #[inline(never)]
                fn work() {
                    black_box($plain);
                }
                work();
            }
            /// With the counterpart in C.
            #[cfg(feature = "c")]
            pub fn in_c() {
                #[inline(never)]
                fn work() {
                    twins::run($in_c);
                }
                work();
            }
            /// Panics if the C result differs.
            #[cfg(feature = "c")]
            pub fn check() {
                let [within, ..] = [$(twins::$within,)? twins::WITHIN];
                twins::check(stringify!($name), &twins::result($in_c), &$plain, within);
            }
        }
    };
}

/// The readings.
fn readings() -> TensorView<'static, f32, shape![100, 3]> {
    TensorView::from(black_box(&READINGS))
}
/// A vector.
fn many() -> TensorView<'static, f32, shape![64]> {
    TensorView::from(black_box(&MANY))
}
/// A square matrix.
fn square() -> TensorView<'static, f32, shape![4, 4]> {
    TensorView::from(black_box(&SQUARE))
}
/// Another square matrix.
fn other() -> TensorView<'static, f32, shape![4, 4]> {
    TensorView::from(black_box(&OTHER))
}

row!(
    /// `(100, 3)`, mean over axis 0.
    mean_axis: readings().mean_axis(Axis::<0>).to_array(), mean_by_loops(black_box(&READINGS)),
    |mean| twin_mean_axis(black_box(&READINGS), mean)
);
row!(
    /// `(100, 3)`, variance over axis 0.
    var_axis: readings().var_axis(Axis::<0>).to_array(), var_by_loops(black_box(&READINGS)),
    |var| twin_var_axis(black_box(&READINGS), var)
);
row!(
    /// `(100, 3)`, maximum over axis 0.
    max_axis: readings().max_axis(Axis::<0>).to_array(), max_axis_by_loops(black_box(&READINGS)),
    |max| twin_max_axis(black_box(&READINGS), max)
);
row!(
    /// The index of the maximum of 64 elements.
    argmax: many().argmax(), argmax_by_loops(black_box(&MANY)),
    |place| twin_argmax(black_box(&MANY), place)
);
row!(
    /// The maximum of 64 elements.
    max: many().max(), max_by_loops(black_box(&MANY)), |max| twin_max(black_box(&MANY), max)
);
row!(
    /// The sum of 64 elements.
    sum: many().sum(), sum_by_loops(black_box(&MANY)), |sum| twin_sum(black_box(&MANY), sum)
);
row!(
    /// `(4, 4)` by its transpose.
    by_transpose: square().matmul(square().matrix_transpose()).to_array(), {
        let a = black_box(&SQUARE);
        product_with_transpose(a, a)
    },
    |product| {
        let a = black_box(&SQUARE);
        twin_by_transpose(a, a, product)
    }
);
row!(
    /// `(4, 4)` by `(4, 4)`.
    by_matrix: square().matmul(other()).to_array(), product(black_box(&SQUARE), black_box(&OTHER)),
    |product| twin_by_matrix(black_box(&SQUARE), black_box(&OTHER), product)
);
row!(
    /// `(4, 4)` by `(4,)`.
    by_vector: square().matmul(TensorView::<f32, shape![4]>::from(&black_box(&OTHER)[0])).to_array(),
    super::by_vector(black_box(&SQUARE), &black_box(&OTHER)[0]),
    |product| twin_by_vector(black_box(&SQUARE), &black_box(&OTHER)[0], product)
);
row!(
    /// `(3, 3)` by `(3,)`.
    small_by_vector: TensorView::<f32, shape![3, 3]>::from(black_box(&SMALL))
        .matmul(TensorView::<f32, shape![3]>::from(&black_box(&SMALL)[0])).to_array(),
    super::by_vector(black_box(&SMALL), &black_box(&SMALL)[0]),
    |product| twin_small_by_vector(black_box(&SMALL), &black_box(&SMALL)[0], product)
);
row!(
    /// `(64, 10)`, softmax over axis 0.
    softmax: TensorView::<f32, shape![64, 10]>::from(black_box(&COLUMNS)).softmax(Axis::<0>).to_array(),
    softmax_of_columns(black_box(&COLUMNS)),
    |softmax| twin_softmax(black_box(&COLUMNS), softmax),
    within WITHIN_BY_EXP
);
row!(
    /// 64 square roots.
    sqrt: many().sqrt().to_array(), {
        let x = black_box(&MANY);
        let mut roots = [0.0; 64];
        for (to, &x) in roots.iter_mut().zip(x) {
            *to = root(x);
        }
        roots
    },
    |roots| twin_sqrt(black_box(&MANY), roots)
);

// SAFETY: the functions are declared as in `c/twins.h`. They read their arguments, and write their
// results.
#[cfg(feature = "c")]
unsafe extern "C" {
    safe fn twin_mean_axis(x: &[[f32; 3]; 100], mean: &mut MaybeUninit<[f32; 3]>);
    safe fn twin_var_axis(x: &[[f32; 3]; 100], var: &mut MaybeUninit<[f32; 3]>);
    safe fn twin_max_axis(x: &[[f32; 3]; 100], max: &mut MaybeUninit<[f32; 3]>);
    safe fn twin_argmax(x: &[f32; 64], place: &mut MaybeUninit<usize>);
    safe fn twin_max(x: &[f32; 64], max: &mut MaybeUninit<f32>);
    safe fn twin_sum(x: &[f32; 64], sum: &mut MaybeUninit<f32>);
    safe fn twin_by_transpose(
        a: &[[f32; 4]; 4],
        b: &[[f32; 4]; 4],
        c: &mut MaybeUninit<[[f32; 4]; 4]>,
    );
    safe fn twin_by_matrix(
        a: &[[f32; 4]; 4],
        b: &[[f32; 4]; 4],
        c: &mut MaybeUninit<[[f32; 4]; 4]>,
    );
    safe fn twin_by_vector(a: &[[f32; 4]; 4], x: &[f32; 4], y: &mut MaybeUninit<[f32; 4]>);
    safe fn twin_small_by_vector(a: &[[f32; 3]; 3], x: &[f32; 3], y: &mut MaybeUninit<[f32; 3]>);
    safe fn twin_softmax(x: &[[f32; 10]; 64], y: &mut MaybeUninit<[[f32; 10]; 64]>);
    safe fn twin_sqrt(x: &[f32; 64], roots: &mut MaybeUninit<[f32; 64]>);
}

fn mean_by_loops(x: &[[f32; 3]; 100]) -> [f32; 3] {
    let mut mean = [0.0; 3];
    for row in x {
        for (sum, x) in mean.iter_mut().zip(row) {
            *sum += x;
        }
    }
    mean.map(|sum| sum / 100.0)
}

fn var_by_loops(x: &[[f32; 3]; 100]) -> [f32; 3] {
    let mean = mean_by_loops(x);
    let mut sums = [0.0; 3];
    for row in x {
        for ((sum, x), mean) in sums.iter_mut().zip(row).zip(&mean) {
            *sum += (x - mean) * (x - mean);
        }
    }
    sums.map(|sum| sum / 100.0)
}

fn max_axis_by_loops(x: &[[f32; 3]; 100]) -> [f32; 3] {
    let mut max = [f32::NEG_INFINITY; 3];
    for row in x {
        for (max, &x) in max.iter_mut().zip(row) {
            *max = larger(*max, x);
        }
    }
    max
}

/// The maximum; NaN if either is.
fn larger(a: f32, b: f32) -> f32 {
    if a >= b || a.is_nan() { a } else { b }
}

fn max_by_loops(x: &[f32; 64]) -> f32 {
    x.iter().fold(f32::NEG_INFINITY, |max, &x| larger(max, x))
}

pub(crate) fn argmax_by_loops(x: &[f32]) -> usize {
    let (mut place, mut max) = (0, f32::NEG_INFINITY);
    for (k, &x) in x.iter().enumerate() {
        if x.is_nan() {
            return k;
        }
        if x > max {
            (place, max) = (k, x);
        }
    }
    place
}

fn sum_by_loops(x: &[f32; 64]) -> f32 {
    x.iter().sum()
}

pub(crate) fn product(a: &[[f32; 4]; 4], b: &[[f32; 4]; 4]) -> [[f32; 4]; 4] {
    let mut c = [[0.0; 4]; 4];
    for (row, c) in a.iter().zip(&mut c) {
        for (&x, b) in row.iter().zip(b) {
            for (to, y) in c.iter_mut().zip(b) {
                *to += x * y;
            }
        }
    }
    c
}

pub(crate) fn product_with_transpose(a: &[[f32; 4]; 4], b: &[[f32; 4]; 4]) -> [[f32; 4]; 4] {
    let mut c = [[0.0; 4]; 4];
    for (row, c) in a.iter().zip(&mut c) {
        for (to, column) in c.iter_mut().zip(b) {
            for (x, y) in row.iter().zip(column) {
                *to += x * y;
            }
        }
    }
    c
}

pub(crate) fn by_vector<const N: usize>(a: &[[f32; N]; N], x: &[f32; N]) -> [f32; N] {
    let mut y = [0.0; N];
    for (to, row) in y.iter_mut().zip(a) {
        for (a, x) in row.iter().zip(x) {
            *to += a * x;
        }
    }
    y
}

pub(crate) fn softmax_by_loops(x: &mut [f32]) {
    let max = x.iter().fold(f32::NEG_INFINITY, |max, &x| larger(max, x));
    let mut sum = 0.0;
    for x in x.iter_mut() {
        *x = libm::expf(*x - max);
        sum += *x;
    }
    for x in x.iter_mut() {
        *x /= sum;
    }
}

fn softmax_of_columns(x: &[[f32; 10]; 64]) -> [[f32; 10]; 64] {
    let mut y = *x;
    for k in 0..10 {
        let max = y.iter().fold(f32::NEG_INFINITY, |max, row| larger(max, row[k]));
        let mut sum = 0.0;
        for row in &mut y {
            row[k] = libm::expf(row[k] - max);
            sum += row[k];
        }
        for row in &mut y {
            row[k] /= sum;
        }
    }
    y
}
