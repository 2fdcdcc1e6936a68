//! W6: the softmax of each row of (1000, 256).

use shapewright::{Dyn, Tensor, prelude::*, shape};

use super::batch_norm::ROWS;
use super::data::{Expected, Random};
use super::harness::{Who, Work, Workload};
use super::memory::Buffer;
use super::vector::{Level, Vector, at_level};

const COLUMNS: usize = ROWS[1];
const LEN: usize = ROWS[0] * COLUMNS;

/// Random elements.
pub fn given() -> Vec<f32> {
    Random::new(6).uniform(LEN, -5.0, 5.0)
}

fn expected(x: &[f32]) -> Expected {
    let row = |row: &[f32]| {
        let greatest = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let powers: Vec<f64> =
            row.iter().map(|&x| (f64::from(x) - f64::from(greatest)).exp()).collect();
        let sum: f64 = powers.iter().sum();
        powers.into_iter().map(move |power| power / sum).collect::<Vec<_>>()
    };
    // The difference from the maximum, up to 10, is rounded before the exponential: that alone is 8
    // ULP of the result.
    Expected { values: x.chunks_exact(COLUMNS).flat_map(row).collect(), scale: 1e-30, ulp: 16.0 }
}

type Data = Tensor<f32, shape![{ ROWS[0] }, { ROWS[1] }]>;

fn library(out: &mut Data, x: &Data) {
    out.assign(x.softmax(Axis::<-1>));
}

/// The workload W6.
pub fn softmax<'a>(given: &'a [f32], name: &str, level: Level) -> Workload<'a> {
    let mut workload = Workload::new(name, Work::Bytes(2 * size_of_val(given)), expected(given));
    let x = Buffer::of(given);
    let by_hand = move |out: &mut Buffer| softmax_by_hand(level, out, &x);
    workload.writing(Who::Limit, "by hand", Buffer::zeros(LEN), by_hand, |out| out.to_vec());

    let x = Data::from_slice(given).expect("as many as the shape has");
    let run_x = x.clone().rename::<shape![?, ?]>();
    let library = move |out: &mut Data| library(out, &x);
    workload.writing(Who::Library { target: 1.1 }, "shapewright", Data::zeros(), library, |out| {
        out.as_slice().to_vec()
    });
    let library = move |out: &mut Tensor<f32, (Dyn, Dyn)>| out.assign(run_x.softmax(Axis::<-1>));
    let (target, out) = (Who::Library { target: 1.1 }, Data::zeros().rename());
    workload.writing(target, "shapewright, run time", out, library, |out| out.as_slice().to_vec());
    workload
}

at_level! {
    /// The kernel of W6.
    softmax_by_hand = softmax_kernel(out: &mut [f32], x: &[f32]);
}

/// One loop computes the exponentials of a row, finds the maximum of the next, and scales the
/// previous one: three independent chains of work.
#[inline(always)]
unsafe fn softmax_kernel<V: Vector>(out: &mut [f32], x: &[f32]) {
    assert!(x.len() == LEN && out.len() == LEN);
    let (x, out) = (x.as_ptr(), out.as_mut_ptr());
    // SAFETY: the previous and the next row are within both slices too, if they exist, and 256
    // columns are a multiple of the lanes.
    unsafe {
        let mut greatest = V::load(x);
        for j in (V::LANES..COLUMNS).step_by(V::LANES) {
            greatest = greatest.max(V::load(x.add(j)));
        }
        let mut factor = 1.0;
        for row in (0..LEN).step_by(COLUMNS) {
            let next = x.add(if row + COLUMNS < LEN { row + COLUMNS } else { row });
            let before = out.add(row.saturating_sub(COLUMNS));
            let (x, out) = (x.add(row), out.add(row));
            let (of, scale) = (V::splat(greatest.max_lanes()), V::splat(factor));
            let mut sum = V::splat(0.0);
            greatest = V::splat(f32::NEG_INFINITY);
            for j in (0..COLUMNS).step_by(V::LANES) {
                V::load(before.add(j)).mul(scale).store(before.add(j));
                let power = exp_of_negative(V::load(x.add(j)).sub(of));
                power.store(out.add(j));
                sum = sum.add(power);
                greatest = greatest.max(V::load(next.add(j)));
            }
            factor = 1.0 / sum.sum_lanes();
        }
        let (last, scale) = (out.add(LEN - COLUMNS), V::splat(factor));
        for j in (0..COLUMNS).step_by(V::LANES) {
            V::load(last.add(j)).mul(scale).store(last.add(j));
        }
    }
}

/// e to the power of a number that is at most 0, within 1.5 ULP; numbers below e^-87 become e^-87.
///
/// x = n ln 2 + r with |r| <= ln 2 / 2, and a polynomial of degree 6 for e^r, times 2^n.
#[inline(always)]
unsafe fn exp_of_negative<V: Vector>(x: V) -> V {
    /// 1.5 * 2^23: after adding it, no bits are left for a fraction, and the low bits are the
    /// integer.
    const SHIFT: f32 = 12_582_912.0;
    /// ln 2 in two parts, the first with so few bits that n times it is exact.
    const LN_2: (f32, f32) = (0.693_359_4, -2.121_944_4e-4);
    /// The polynomial with the smallest relative error on the interval, 0.06 ULP, among those that
    /// begin with 1 + r.
    const COEFFICIENTS: [f32; 7] =
        [1.381_314_6e-3, 8.369_419e-3, 4.166_845_6e-2, 1.666_651_5e-1, 4.999_999_4e-1, 1.0, 1.0];
    // SAFETY: the caller promises that the processor has the instructions of `V`.
    unsafe {
        let x = x.max(V::splat(-87.0));
        let shifted = x.mul_add(V::splat(core::f32::consts::LOG2_E), V::splat(SHIFT));
        let n = shifted.sub(V::splat(SHIFT));
        let r = n.mul_add(V::splat(-LN_2.0), x);
        let r = n.mul_add(V::splat(-LN_2.1), r);
        let mut power = V::splat(COEFFICIENTS[0]);
        for &coefficient in &COEFFICIENTS[1..] {
            power = power.mul_add(r, V::splat(coefficient));
        }
        power.scale_by_bits(shifted)
    }
}
