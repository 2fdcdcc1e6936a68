//! W7: arrays so small that a call would cost more than the work: `(8,) + (8,)`, products of 4 by 4
//! and 16 by 16, layer norm of 64.
//!
//! A call of a contender works on many arrays that stay in the L1 cache, and the reported time is
//! for one: a `black_box` around one operation would force its operands through memory, and measure
//! that.

use shapewright::{Array, Expr, Lazy, prelude::*, shape};

use super::data::{Expected, Random, wide};
use super::harness::{Who, Work, Workload};
use super::memory::Buffer;
use super::vector::{Level, Vector, at_level, reciprocal_sqrt};

/// The total number of elements of all arrays of one operand: 8 KiB.
const TOGETHER: usize = 2048;

/// The name of the kernel that is compiled for the baseline, and not chosen by what the machine
/// has.
const BASELINE: &str = "by hand, the target's baseline";

/// Many pairs of operands.
pub struct Pairs {
    /// The left operands.
    pub a: Vec<f32>,
    /// The right operands.
    pub b: Vec<f32>,
    /// The number of elements of an operand.
    pub len: usize,
}

impl Pairs {
    /// Pairs of `len` elements each.
    pub fn new(len: usize) -> Self {
        let mut random = Random::new(7);
        let mut operands = || random.uniform(TOGETHER, -1.0, 1.0);
        Self { a: operands(), b: operands(), len }
    }
    /// The number of pairs.
    pub fn count(&self) -> usize {
        TOGETHER / self.len
    }

    /// The expected results of products of `n` by `n`.
    fn products(&self, n: usize) -> Expected {
        let pairs = self.a.chunks_exact(n * n).zip(self.b.chunks_exact(n * n));
        let values = pairs.flat_map(|(a, b)| super::data::product(a, b, [n; 3])).collect();
        Expected { values, scale: 1.0, ulp: 4.0 }
    }

    /// A workload with the hand-written kernel, once for `level` and once for the target's
    /// baseline. Code that is inlined without a choice of the level is compiled for the baseline.
    fn workload<'a>(
        &'a self,
        name: &str,
        level: Level,
        (operations, expected): (usize, Expected),
        by_hand: fn(Level, &mut [f32], &[f32], &[f32]),
    ) -> Workload<'a> {
        let mut workload = Workload::new(name, Work::Operations(operations), expected);
        workload.per_call = self.count();
        for (name, level) in [("by hand", level), (BASELINE, Level::baseline())] {
            let (a, b) = (Buffer::of(&self.a), Buffer::of(&self.b));
            let by_hand = move |out: &mut Buffer| by_hand(level, out, &a, &b);
            workload
                .writing(Who::Limit, name, Buffer::zeros(TOGETHER), by_hand, |out| out.to_vec());
        }
        workload
    }

    /// Adds the library's result for each pair; `name` says how the result is stored.
    fn library<'a, S: StaticShape>(
        &'a self,
        workload: &mut Workload<'a>,
        name: &str,
        each: impl Fn(&mut [Array<f32, S>], &[Array<f32, S>], &[Array<f32, S>]) + 'a,
    ) where
        Array<f32, S>: Create<Elem = f32, Shape = S> + Copy + 'a,
    {
        let (a, b) = (arrays::<S>(&self.a), arrays::<S>(&self.b));
        let compute = move |out: &mut Vec<Array<f32, S>>| each(out, &a, &b);
        workload.writing(TARGET, name, arrays::<S>(&self.a), compute, |all| elements(all));
    }
}

/// Splits `elements` into arrays.
fn arrays<S: StaticShape>(elements: &[f32]) -> Vec<Array<f32, S>>
where
    Array<f32, S>: Create<Elem = f32, Shape = S>,
{
    let array = |elements| Array::<f32, S>::from_slice(elements).expect("as many as the shape has");
    elements.chunks_exact(S::LEN).map(array).collect()
}
fn elements<S: StaticShape>(arrays: &[Array<f32, S>]) -> Vec<f32> {
    arrays.iter().flat_map(|array| array.as_slice().to_vec()).collect()
}

/// Calls `of` with each result and its operands.
macro_rules! for_each {
    (|$out:ident, $a:ident, $b:ident| $of:expr) => {
        |all, a, b| {
            for (($out, $a), $b) in all.iter_mut().zip(a).zip(b) {
                $of
            }
        }
    };
}

const TARGET: Who = Who::Library { target: 1.15 };
/// A result that is returned, and then moved to its destination.
const RETURNED: &str = "shapewright, to_array";
/// A result that is computed in place, as in the hand-written kernels.
const IN_PLACE: &str = "shapewright, assign";

/// W7, `(8,) + (8,)`.
pub fn add_8<'a>(given: &'a Pairs, name: &str, level: Level) -> Workload<'a> {
    let values = wide(&given.a).zip(wide(&given.b)).map(|(a, b)| a + b).collect();
    let expected = Expected { values, scale: 1e-30, ulp: 0.5 };
    let mut workload = given.workload(name, level, (8, expected), add_by_hand);
    given.library::<shape![8]>(&mut workload, IN_PLACE, for_each!(|out, a, b| out.assign(a + b)));
    given.library::<shape![8]>(
        &mut workload,
        RETURNED,
        for_each!(|out, a, b| *out = (a + b).to_array()),
    );
    workload
}

/// W7, 4 by 4.
pub fn product_4<'a>(given: &'a Pairs, name: &str, level: Level) -> Workload<'a> {
    let mut workload =
        given.workload(name, level, (2 * 4 * 4 * 4, given.products(4)), product_4_by_hand);
    given.library::<shape![4, 4]>(
        &mut workload,
        IN_PLACE,
        for_each!(|out, a, b| out.assign(a.matmul(b))),
    );
    given.library::<shape![4, 4]>(
        &mut workload,
        RETURNED,
        for_each!(|out, a, b| *out = a.matmul(b).to_array()),
    );
    workload
}

/// W7, 16 by 16.
pub fn product_16<'a>(given: &'a Pairs, name: &str, level: Level) -> Workload<'a> {
    let mut workload =
        given.workload(name, level, (2 * 16 * 16 * 16, given.products(16)), product_16_by_hand);
    given.library::<shape![16, 16]>(
        &mut workload,
        IN_PLACE,
        for_each!(|out, a, b| out.assign(a.matmul(b))),
    );
    given.library::<shape![16, 16]>(
        &mut workload,
        RETURNED,
        for_each!(|out, a, b| *out = a.matmul(b).to_array()),
    );
    workload
}

/// The number of elements that are normalised together.
pub const NORMED: usize = 64;
/// The constant that is added to a variance.
pub const EPS: f32 = 1e-5;

/// The input of layer norm.
pub struct Normed {
    /// Many arrays of 64 elements.
    pub x: Vec<f32>,
    /// The scale parameter.
    pub gamma: Vec<f32>,
    /// The shift parameter.
    pub beta: Vec<f32>,
}

impl Normed {
    /// Random data.
    pub fn new() -> Self {
        let mut random = Random::new(8);
        Self {
            x: random.uniform(TOGETHER, -1.0, 3.0),
            gamma: random.uniform(NORMED, 0.5, 1.5),
            beta: random.uniform(NORMED, -0.5, 0.5),
        }
    }

    fn expected(&self) -> Expected {
        let normed = |x: &[f32]| {
            let mean = wide(x).sum::<f64>() / NORMED as f64;
            let var = wide(x).map(|x| (x - mean).powi(2)).sum::<f64>() / NORMED as f64;
            let deviation = (var + f64::from(EPS)).sqrt();
            let parameters = wide(&self.gamma).zip(wide(&self.beta));
            wide(x)
                .zip(parameters)
                .map(|(x, (g, b))| (x - mean) / deviation * g + b)
                .collect::<Vec<_>>()
        };
        Expected {
            values: self.x.chunks_exact(NORMED).flat_map(normed).collect(),
            scale: 2.0,
            ulp: 4.0,
        }
    }
}

type Lane = Array<f32, shape![{ NORMED }]>;

#[inline]
fn normed<'a>(
    x: &'a Lane,
    gamma: &'a Lane,
    beta: &'a Lane,
) -> Lazy<impl Expr<Elem = f32, Shape = shape![{ NORMED }]>> {
    let moments = x.moments();
    (x - moments.mean()) * (1.0 / (moments.var(0) + EPS).sqrt()) * gamma + beta
}

/// W7, layer norm.
pub fn layer_norm<'a>(given: &'a Normed, name: &str, level: Level) -> Workload<'a> {
    let mut workload = Workload::new(name, Work::Operations(8 * NORMED), given.expected());
    workload.per_call = TOGETHER / NORMED;
    for (name, level) in [("by hand", level), (BASELINE, Level::baseline())] {
        let x = Buffer::of(&given.x);
        let by_hand =
            move |out: &mut Buffer| layer_norm_by_hand(level, out, &x, &given.gamma, &given.beta);
        workload.writing(Who::Limit, name, Buffer::zeros(TOGETHER), by_hand, |out| out.to_vec());
    }
    let (x, gamma, beta) = (arrays(&given.x), arrays(&given.gamma)[0], arrays(&given.beta)[0]);
    let assign = {
        let x = x.clone();
        move |all: &mut Vec<Lane>| {
            for (out, x) in all.iter_mut().zip(&x) {
                out.assign(normed(x, &gamma, &beta));
            }
        }
    };
    workload.writing(TARGET, IN_PLACE, arrays(&given.x), assign, |all| elements(all));
    let to_array = move |all: &mut Vec<Lane>| {
        for (out, x) in all.iter_mut().zip(&x) {
            *out = normed(x, &gamma, &beta).to_array();
        }
    };
    workload.writing(TARGET, RETURNED, arrays(&given.x), to_array, |all| elements(all));
    workload
}

at_level! {
    /// `a + b`.
    add_by_hand = add_kernel(out: &mut [f32], a: &[f32], b: &[f32]);
    /// Products of 4 by 4, one after the other.
    product_4_by_hand = product_4_kernel(out: &mut [f32], a: &[f32], b: &[f32]);
    /// Products of 16 by 16, one after the other.
    product_16_by_hand = product_16_kernel(out: &mut [f32], a: &[f32], b: &[f32]);
    /// Layer norm of each 64 elements.
    layer_norm_by_hand = layer_norm_kernel(out: &mut [f32], x: &[f32], gamma: &[f32], beta: &[f32]);
}

#[inline(always)]
unsafe fn add_kernel<V: Vector>(out: &mut [f32], a: &[f32], b: &[f32]) {
    assert!(a.len() == out.len() && b.len() == out.len() && out.len().is_multiple_of(V::LANES));
    for i in (0..out.len()).step_by(V::LANES) {
        // SAFETY: the lengths are equal, and a multiple of the lanes.
        unsafe {
            V::load(a.as_ptr().add(i))
                .add(V::load(b.as_ptr().add(i)))
                .store(out.as_mut_ptr().add(i))
        }
    }
}

/// Computes as many rows at once as a vector has groups of four lanes. Each group has an element of
/// its own row of `a`, and all groups have the same row of `b`.
#[inline(always)]
unsafe fn product_4_kernel<V: Vector>(out: &mut [f32], a: &[f32], b: &[f32]) {
    assert!(a.len() == out.len() && b.len() == out.len() && out.len().is_multiple_of(16));
    for i in (0..out.len()).step_by(16) {
        for rows in (i..i + 16).step_by(V::LANES) {
            // SAFETY: the lengths are equal, and a multiple of 16, and so of the lanes.
            unsafe {
                let (a, b) = (V::load(a.as_ptr().add(rows)), b.as_ptr().add(i));
                let sum = a.quarters::<0>().mul(V::load_quarters(b));
                let sum = a.quarters::<0b01_01_01_01>().mul_add(V::load_quarters(b.add(4)), sum);
                let sum = a.quarters::<0b10_10_10_10>().mul_add(V::load_quarters(b.add(8)), sum);
                let sum = a.quarters::<0b11_11_11_11>().mul_add(V::load_quarters(b.add(12)), sum);
                sum.store(out.as_mut_ptr().add(rows));
            }
        }
    }
}

#[inline(always)]
unsafe fn product_16_kernel<V: Vector>(out: &mut [f32], a: &[f32], b: &[f32]) {
    const N: usize = 16;
    const HEIGHT: usize = 4;
    assert!(a.len() == out.len() && b.len() == out.len() && out.len().is_multiple_of(N * N));
    // Two vectors of columns at a time, or one if it is the whole row.
    let wide = 2.min(N / V::LANES);
    for i in (0..out.len()).step_by(N * N) {
        for (row, column) in tiles(HEIGHT, wide * V::LANES) {
            // SAFETY: a product's 256 elements are within all three slices, and the tile is within
            // the product.
            unsafe {
                let (a, b) = (a.as_ptr().add(i + row * N), b.as_ptr().add(i + column));
                let out = out.as_mut_ptr().add(i + row * N + column);
                let mut sums = [[V::splat(0.0); 2]; HEIGHT];
                for k in 0..N {
                    for (r, sums) in sums.iter_mut().enumerate() {
                        let x = V::splat(*a.add(r * N + k));
                        for (c, sum) in sums.iter_mut().enumerate().take(wide) {
                            *sum = x.mul_add(V::load(b.add(k * N + c * V::LANES)), *sum);
                        }
                    }
                }
                for (r, sums) in sums.iter().enumerate() {
                    for (c, sum) in sums.iter().enumerate().take(wide) {
                        sum.store(out.add(r * N + c * V::LANES));
                    }
                }
            }
        }
    }
}

/// The start of each tile of a matrix of 16 by 16.
#[inline(always)]
fn tiles(height: usize, width: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..16)
        .step_by(height)
        .flat_map(move |row| (0..16).step_by(width).map(move |column| (row, column)))
}

/// Sums the differences from the first element, which avoid cancellation, and their squares at
/// once. With two passes the second would wait for the first, and 64 elements are too few for the
/// wait to overlap with the work on the next array.
#[inline(always)]
unsafe fn layer_norm_kernel<V: Vector>(out: &mut [f32], x: &[f32], gamma: &[f32], beta: &[f32]) {
    const APART: usize = 4;
    assert!(x.len() == out.len() && out.len().is_multiple_of(NORMED));
    assert!(gamma.len() == NORMED && beta.len() == NORMED);
    for i in (0..out.len()).step_by(NORMED) {
        // SAFETY: the 64 elements are within both slices, a multiple of four times the lanes.
        unsafe {
            let (x, out) = (x.as_ptr().add(i), out.as_mut_ptr().add(i));
            let first = V::splat(*x);
            let (mut sums, mut squares) = ([V::splat(0.0); APART], [V::splat(0.0); APART]);
            for j in (0..NORMED).step_by(APART * V::LANES) {
                for a in 0..APART {
                    let deviation = V::load(x.add(j + a * V::LANES)).sub(first);
                    sums[a] = sums[a].add(deviation);
                    squares[a] = deviation.mul_add(deviation, squares[a]);
                }
            }
            let (mean, square) = (total(sums) / NORMED as f32, total(squares) / NORMED as f32);
            let factor = V::splat(reciprocal_sqrt(square - mean * mean + EPS));
            let mean = V::splat(*x + mean);
            for j in (0..NORMED).step_by(V::LANES) {
                let (gamma, beta) = (V::load(gamma.as_ptr().add(j)), V::load(beta.as_ptr().add(j)));
                V::load(x.add(j)).sub(mean).mul(factor).mul_add(gamma, beta).store(out.add(j));
            }
        }
    }
}

#[inline(always)]
unsafe fn total<V: Vector>(sums: [V; 4]) -> f32 {
    // SAFETY: the caller promises that the processor has the instructions of `V`.
    unsafe { sums[0].add(sums[1]).add(sums[2].add(sums[3])).sum_lanes() }
}
