//! W9: the sum of ten million elements, and of (4096, 4096) over either axis; the table includes
//! their errors.

use shapewright::{Dyn, Tensor, prelude::*, shape};

use super::data::{Expected, Random, wide};
use super::harness::{Who, Work, Workload};
use super::memory::Buffer;
use super::vector::{Level, Vector, at_level};

/// The number of elements of the single sum.
pub const COUNT: usize = 10_000_000;
/// Rows and columns of the other sums.
pub const SIDE: usize = 4096;

/// Random elements.
pub fn given(len: usize) -> Vec<f32> {
    Random::new(10).uniform(len, 0.0, 1.0)
}

/// A workload with the hand-written kernel as its only contender. The errors of the sums are
/// bounded by `ulp`.
fn by_hand<'a>(
    given: &'a [f32],
    name: &str,
    level: Level,
    (values, ulp): (Vec<f64>, f64),
    by_hand: fn(Level, &mut [f32], &[f32]),
) -> Workload<'a> {
    let results = values.len();
    let expected = Expected { values, scale: 1e-30, ulp };
    let mut workload = Workload::new(name, Work::Bytes(size_of_val(given)), expected);
    let x = Buffer::of(given);
    let by_hand = move |out: &mut Vec<f32>| by_hand(level, out, &x);
    workload.writing(Who::Limit, "by hand", vec![0.0; results], by_hand, Clone::clone);
    workload
}

/// The workload W9, the sum of all elements.
pub fn all<'a>(given: &'a [f32], name: &str, level: Level) -> Workload<'a> {
    let mut workload = by_hand(given, name, level, (vec![wide(given).sum()], 1.0), sum_by_hand);
    let x = Tensor::<f32, shape![{ COUNT }]>::from_slice(given).expect("as many as the shape has");
    let run_x = x.clone().rename::<shape![?]>();
    workload.making(
        Who::Library { target: 1.15 },
        "shapewright",
        move || x.sum(),
        |&sum| vec![sum],
    );
    let run_time = move || run_x.sum();
    workload
        .making(Who::Library { target: 1.15 }, "shapewright, run time", run_time, |&sum| vec![sum]);
    workload
}

type Square = Tensor<f32, shape![{ SIDE }, { SIDE }]>;
type Line = Tensor<f32, shape![{ SIDE }]>;

/// The workload W9, over axis 0.
pub fn over_axis_0<'a>(given: &'a [f32], name: &str, level: Level) -> Workload<'a> {
    let mut sums = vec![0.0; SIDE];
    for row in given.chunks_exact(SIDE) {
        sums.iter_mut().zip(wide(row)).for_each(|(sum, x)| *sum += x);
    }
    let mut workload = by_hand(given, name, level, (sums, 3.0), sum_axis_0_by_hand);
    let x = Square::from_slice(given).expect("as many as the shape has");
    let run_x = x.clone().rename::<shape![?, ?]>();
    let library = move |out: &mut Line| out.assign(x.sum_axis(Axis::<0>));
    workload.writing(Who::Library { target: 1.15 }, "shapewright", Line::zeros(), library, |out| {
        out.as_slice().to_vec()
    });
    let library = move |out: &mut Tensor<f32, (Dyn,)>| out.assign(run_x.sum_axis(Axis::<0>));
    let (target, out) = (Who::Library { target: 1.15 }, Line::zeros().rename());
    workload.writing(target, "shapewright, run time", out, library, |out| out.as_slice().to_vec());
    workload
}

/// The workload W9, over axis 1.
pub fn over_axis_1<'a>(given: &'a [f32], name: &str, level: Level) -> Workload<'a> {
    let sums = given.chunks_exact(SIDE).map(|row| wide(row).sum()).collect();
    let mut workload = by_hand(given, name, level, (sums, 3.0), sum_axis_1_by_hand);
    let x = Square::from_slice(given).expect("as many as the shape has");
    let run_x = x.clone().rename::<shape![?, ?]>();
    let library = move |out: &mut Line| out.assign(x.sum_axis(Axis::<1>));
    workload.writing(Who::Library { target: 1.15 }, "shapewright", Line::zeros(), library, |out| {
        out.as_slice().to_vec()
    });
    let library = move |out: &mut Tensor<f32, (Dyn,)>| out.assign(run_x.sum_axis(Axis::<1>));
    let (target, out) = (Who::Library { target: 1.15 }, Line::zeros().rename());
    workload.writing(target, "shapewright, run time", out, library, |out| out.as_slice().to_vec());
    workload
}

at_level! {
    /// The sum of all elements.
    sum_by_hand = sum_kernel(out: &mut [f32], x: &[f32]);
    /// The sum of (4096, 4096), over axis 0.
    sum_axis_0_by_hand = sum_axis_0_kernel(out: &mut [f32], x: &[f32]);
    /// The sum of (4096, 4096), over axis 1.
    sum_axis_1_by_hand = sum_axis_1_kernel(out: &mut [f32], x: &[f32]);
}

/// The sum of a multiple of 128 elements, in eight vectors.
#[inline(always)]
unsafe fn sum_of<V: Vector>(x: &[f32]) -> f32 {
    const APART: usize = 8;
    let step = APART * V::LANES;
    assert!(x.len().is_multiple_of(step));
    // SAFETY: the caller promises that the processor has the instructions of `V`.
    let mut sums = [unsafe { V::splat(0.0) }; APART];
    for j in (0..x.len()).step_by(step) {
        for (a, sum) in sums.iter_mut().enumerate() {
            // SAFETY: the caller promises that the processor has the instructions of `V`. The
            // length is a multiple of `step`, so the vector is within `x`.
            *sum = unsafe { sum.add(V::load(x.as_ptr().add(j + a * V::LANES))) };
        }
    }
    let [a, b, c, d, e, f, g, h] = sums;
    // SAFETY: the caller promises that the processor has the instructions of `V`.
    unsafe { a.add(b).add(c.add(d)).add(e.add(f).add(g.add(h))).sum_lanes() }
}

#[inline(always)]
unsafe fn sum_kernel<V: Vector>(out: &mut [f32], x: &[f32]) {
    /// The number of elements that are summed in f32; the sums of blocks are in f64.
    const BLOCK: usize = 16_000;
    assert!(x.len().is_multiple_of(BLOCK));
    // SAFETY: the caller promises that the processor has the instructions of `V`.
    let sums = x.chunks_exact(BLOCK).map(|block| f64::from(unsafe { sum_of::<V>(block) }));
    out[0] = sums.sum::<f64>() as f32;
}

#[inline(always)]
unsafe fn sum_axis_1_kernel<V: Vector>(out: &mut [f32], x: &[f32]) {
    for (out, row) in out.iter_mut().zip(x.chunks_exact(SIDE)) {
        // SAFETY: the caller promises that the processor has the instructions of `V`.
        *out = unsafe { sum_of::<V>(row) };
    }
}

#[inline(always)]
unsafe fn sum_axis_0_kernel<V: Vector>(out: &mut [f32], x: &[f32]) {
    /// The number of rows that are summed in f32; the sums of blocks are in f64.
    const BLOCK: usize = 64;
    /// The number of rows that are read side by side. With more, their lines would not stay in the
    /// L1 cache, where rows of 4096 columns map to the same few sets.
    const APART: usize = 8;
    assert!(x.len() == SIDE * SIDE && out.len() == SIDE);
    let (mut sums, mut all) = ([0f32; SIDE], [0f64; SIDE]);
    for block in x.chunks_exact(BLOCK * SIDE) {
        sums.fill(0.0);
        for rows in block.chunks_exact(APART * SIDE) {
            for j in (0..SIDE).step_by(V::LANES) {
                // SAFETY: eight rows of 4096 elements, a multiple of the lanes.
                unsafe {
                    let [a, b, c, d, e, f, g, h] =
                        core::array::from_fn(|row| V::load(rows.as_ptr().add(row * SIDE + j)));
                    let sum = sums.as_mut_ptr().add(j);
                    let rows = a.add(b).add(c.add(d)).add(e.add(f).add(g.add(h)));
                    V::load(sum).add(rows).store(sum);
                }
            }
        }
        all.iter_mut().zip(&sums).for_each(|(all, &sum)| *all += f64::from(sum));
    }
    out.iter_mut().zip(&all).for_each(|(out, &all)| *out = all as f32);
}
