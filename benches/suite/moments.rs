//! W3: the mean and the variance of each channel, of (64, 64, 56, 56) and of (1000, 256).
//!
//! The kernels by hand read memory once: tiles that stay in the first cache are summed, then their deviations from their own mean are, and
//! the tiles are merged (Chan, Golub and LeVeque, 1979).

use shapewright::{Tensor, prelude::*, shape};

use super::batch_norm::{PLANES, ROWS};
use super::data::{Expected, Random};
use super::harness::{Who, Work, Workload};
use super::memory::Buffer;
use super::vector::{Level, Vector, at_level, prefetch};

const PLANE: usize = PLANES[2] * PLANES[3];

/// Random elements.
pub fn given(len: usize) -> Vec<f32> {
    Random::new(3).uniform(len, 0.5, 1.5)
}

/// The means of all channels, then the biased variances; a channel's elements lie `plane` side by side.
fn expected(x: &[f32], channels: usize, plane: usize) -> Expected {
    let count = (x.len() / channels) as f64;
    let sums = |of: &dyn Fn(usize, f64) -> f64| {
        let mut sums = vec![0.0; channels];
        for (i, lane) in x.chunks_exact(plane).enumerate() {
            let c = i % channels;
            sums[c] += lane.iter().map(|&x| of(c, x.into())).sum::<f64>();
        }
        sums
    };
    let mut values: Vec<f64> = sums(&|_, x| x).iter().map(|sum| sum / count).collect();
    let squares = sums(&|c, x| (x - values[c]).powi(2));
    values.extend(squares.iter().map(|squares| squares / count));
    Expected { values, scale: 1e-30, ulp: 8.0 }
}

type Planes = Tensor<f32, shape![{ PLANES[0] }, { PLANES[1] }, { PLANES[2] }, { PLANES[3] }]>;
type Data = Tensor<f32, shape![{ ROWS[0] }, { ROWS[1] }]>;
type OfPlanes = (Tensor<f32, shape![{ PLANES[1] }]>, Tensor<f32, shape![{ PLANES[1] }]>);
type OfColumns = (Tensor<f32, shape![{ ROWS[1] }]>, Tensor<f32, shape![{ ROWS[1] }]>);

fn library_of_planes(x: &Planes) -> OfPlanes {
    const OTHERS: (Axis<0>, Axis<2>, Axis<3>) = (Axis::<0>, Axis::<2>, Axis::<3>);
    (x.mean_axis(OTHERS).to_tensor(), x.var_axis(OTHERS).to_tensor())
}
fn library_of_columns(x: &Data) -> OfColumns {
    (x.mean_axis(Axis::<0>).to_tensor(), x.var_axis(Axis::<0>).to_tensor())
}

/// W3a.
pub fn of_planes<'a>(given: &'a [f32], name: &str, level: Level) -> Workload<'a> {
    let channels = PLANES[1];
    let mut workload = Workload::new(name, Work::Bytes(size_of_val(given)), expected(given, channels, PLANE));
    let x = Buffer::of(given);
    let by_hand = move |out: &mut Vec<f32>| moments_of_planes(level, out, &x);
    workload.writing(Who::Limit, "by hand", vec![0.0; 2 * channels], by_hand, Clone::clone);

    let x = Planes::from_slice(given).expect("as many as the shape has");
    let library = move || library_of_planes(&x);
    workload.making(Who::Library { target: 1.2 }, "shapewright", library, |(mean, var)| {
        [mean.as_slice(), var.as_slice()].concat()
    });
    workload
}

/// W3b.
pub fn of_columns<'a>(given: &'a [f32], name: &str, level: Level) -> Workload<'a> {
    let channels = ROWS[1];
    let mut workload = Workload::new(name, Work::Bytes(size_of_val(given)), expected(given, channels, 1));
    let x = Buffer::of(given);
    let by_hand = move |out: &mut Vec<f32>| moments_of_columns(level, out, &x);
    workload.writing(Who::Limit, "by hand", vec![0.0; 2 * channels], by_hand, Clone::clone);

    let x = Data::from_slice(given).expect("as many as the shape has");
    let library = move || library_of_columns(&x);
    workload.making(Who::Library { target: 1.2 }, "shapewright", library, |(mean, var)| {
        [mean.as_slice(), var.as_slice()].concat()
    });
    workload
}

at_level! {
    /// W3a.
    moments_of_planes = moments_of_planes_kernel(out: &mut [f32], x: &[f32]);
    /// W3b.
    moments_of_columns = moments_of_columns_kernel(out: &mut [f32], x: &[f32]);
}

#[inline(always)]
unsafe fn moments_of_planes_kernel<V: Vector>(out: &mut [f32], x: &[f32]) {
    const CHANNELS: usize = PLANES[1];
    /// Vectors that are summed apart, so that one need not wait for another.
    const APART: usize = 4;
    assert!(x.len() == PLANES[0] * CHANNELS * PLANE && out.len() == 2 * CHANNELS);
    // The moments of what came before: a number of planes that all channels share.
    let (mut means, mut squares) = ([0f64; CHANNELS], [0f64; CHANNELS]);
    let step = APART * V::LANES;
    for image in 0..PLANES[0] {
        let before = image as f64;
        for channel in 0..CHANNELS {
            let first = (image * CHANNELS + channel) * PLANE;
            // SAFETY: the plane is within `x`, and 3136 is a multiple of 64 elements, which a step divides; a prefetch may reach behind.
            let (mean, square) = unsafe {
                let plane = x.as_ptr().add(first);
                let mut sums = [V::splat(0.0); APART];
                for j in (0..PLANE).step_by(step) {
                    for (a, sum) in sums.iter_mut().enumerate() {
                        *sum = sum.add(V::load(plane.add(j + a * V::LANES)));
                    }
                }
                let mean = total(sums) / PLANE as f32;
                let (of, mut sums) = (V::splat(mean), [V::splat(0.0); APART]);
                for j in (0..PLANE).step_by(step) {
                    for line in (0..step).step_by(16) {
                        prefetch(plane.wrapping_add(PLANE + j + line));
                    }
                    for (a, sum) in sums.iter_mut().enumerate() {
                        let deviation = V::load(plane.add(j + a * V::LANES)).sub(of);
                        *sum = deviation.mul_add(deviation, *sum);
                    }
                }
                (f64::from(mean), f64::from(total(sums)))
            };
            let delta = mean - means[channel];
            means[channel] += delta / (before + 1.0);
            squares[channel] += square + delta * delta * PLANE as f64 * before / (before + 1.0);
        }
    }
    for channel in 0..CHANNELS {
        out[channel] = means[channel] as f32;
        out[CHANNELS + channel] = (squares[channel] / (PLANES[0] * PLANE) as f64) as f32;
    }
}

#[inline(always)]
unsafe fn total<V: Vector>(sums: [V; 4]) -> f32 {
    // SAFETY: the caller's promise.
    unsafe { sums[0].add(sums[1]).add(sums[2].add(sums[3])).sum_lanes() }
}

#[inline(always)]
unsafe fn moments_of_columns_kernel<V: Vector>(out: &mut [f32], x: &[f32]) {
    const COLUMNS: usize = ROWS[1];
    /// Rows of a tile, which lies in the first cache.
    const TILE: usize = 20;
    /// Vectors of columns that are summed at once.
    const APART: usize = 4;
    assert!(x.len() == ROWS[0] * COLUMNS && out.len() == 2 * COLUMNS);
    let (means, squares) = out.split_at_mut(COLUMNS);
    means.fill(0.0);
    squares.fill(0.0);
    let (means, squares) = (means.as_mut_ptr(), squares.as_mut_ptr());
    for tile in (0..ROWS[0]).step_by(TILE) {
        let before = tile as f32;
        let after = before + TILE as f32;
        for j in (0..COLUMNS).step_by(APART * V::LANES) {
            // SAFETY: 1000 rows are a multiple of a tile's, and 256 columns of 64; the lengths were asserted.
            unsafe {
                let at = |row: usize, a: usize| x.as_ptr().add((tile + row) * COLUMNS + j + a * V::LANES);
                let mut sums = [V::splat(0.0); APART];
                for row in 0..TILE {
                    for (a, sum) in sums.iter_mut().enumerate() {
                        *sum = sum.add(V::load(at(row, a)));
                    }
                }
                let of = sums.map(|sum| sum.mul(V::splat(1.0 / TILE as f32)));
                let mut sums = [V::splat(0.0); APART];
                for row in 0..TILE {
                    for (a, sum) in sums.iter_mut().enumerate() {
                        let deviation = V::load(at(row, a)).sub(of[a]);
                        *sum = deviation.mul_add(deviation, *sum);
                    }
                }
                for (a, &sum) in sums.iter().enumerate() {
                    let (mean, square) = (means.add(j + a * V::LANES), squares.add(j + a * V::LANES));
                    let delta = of[a].sub(V::load(mean));
                    delta.mul_add(V::splat(TILE as f32 / after), V::load(mean)).store(mean);
                    let between = delta.mul(delta).mul_add(V::splat(TILE as f32 * before / after), sum);
                    V::load(square).add(between).store(square);
                }
            }
        }
    }
    for square in &mut out[COLUMNS..] {
        *square /= ROWS[0] as f32;
    }
}
