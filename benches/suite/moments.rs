//! W3: the mean and the variance of each channel, of (64, 64, 56, 56) and of (1000, 256).
//!
//! The hand-written kernels read each element once. They compute the deviations of a tile from the
//! mean of the elements read before it, and sum these deviations and their squares together. With s
//! and q as these two sums, and `after` as the number of elements up to the end of the tile, the
//! mean changes by s / after, and the sum of squared deviations from it grows by q - s² / after.
//! The cancellation in this difference is at most as large as the contribution of the tile's
//! distance from the mean, so nothing is lost, whatever the data. The first tile takes two passes.

use shapewright::{Dyn, Tensor, prelude::*, shape};

use super::batch_norm::{PLANES, ROWS};
use super::data::{Expected, Random};
use super::harness::{Who, Work, Workload};
use super::memory::Buffer;
use super::vector::{Level, Vector, at_level};

const PLANE: usize = PLANES[2] * PLANES[3];

/// Random elements.
pub fn given(len: usize) -> Vec<f32> {
    Random::new(3).uniform(len, 0.5, 1.5)
}

/// The means of all channels, then the biased variances; a channel's elements come in contiguous
/// runs of `plane`.
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
    x.moments_axis(OTHERS).to_tensors()
}
fn library_of_columns(x: &Data) -> OfColumns {
    x.moments_axis(Axis::<0>).to_tensors()
}

type Line = Tensor<f32, (Dyn,)>;
fn run_time_of_planes(x: &Tensor<f32, (Dyn, Dyn, Dyn, Dyn)>) -> (Line, Line) {
    x.moments_axis((Axis::<0>, Axis::<2>, Axis::<3>)).to_tensors()
}
fn run_time_of_columns(x: &Tensor<f32, (Dyn, Dyn)>) -> (Line, Line) {
    x.moments_axis(Axis::<0>).to_tensors()
}

/// The workload W3a: the moments of the channels of images.
pub fn of_planes<'a>(given: &'a [f32], name: &str, level: Level) -> Workload<'a> {
    let channels = PLANES[1];
    let mut workload =
        Workload::new(name, Work::Bytes(size_of_val(given)), expected(given, channels, PLANE));
    let x = Buffer::of(given);
    let by_hand = move |out: &mut Vec<f32>| moments_of_planes(level, out, &x);
    workload.writing(Who::Limit, "by hand", vec![0.0; 2 * channels], by_hand, Clone::clone);

    let x = Planes::from_slice(given).expect("as many as the shape has");
    let run_time = x.clone().rename();
    let library = move || library_of_planes(&x);
    workload.making(Who::Library { target: 1.2 }, "shapewright", library, |(mean, var)| {
        [mean.as_slice(), var.as_slice()].concat()
    });
    let library = move || run_time_of_planes(&run_time);
    workload.making(
        Who::Library { target: 1.2 },
        "shapewright, run time",
        library,
        |(mean, var)| [mean.as_slice(), var.as_slice()].concat(),
    );
    workload
}

/// The workload W3b: the moments of columns.
pub fn of_columns<'a>(given: &'a [f32], name: &str, level: Level) -> Workload<'a> {
    let channels = ROWS[1];
    let mut workload =
        Workload::new(name, Work::Bytes(size_of_val(given)), expected(given, channels, 1));
    let x = Buffer::of(given);
    let by_hand = move |out: &mut Vec<f32>| moments_of_columns(level, out, &x);
    workload.writing(Who::Limit, "by hand", vec![0.0; 2 * channels], by_hand, Clone::clone);

    let x = Data::from_slice(given).expect("as many as the shape has");
    let run_time = x.clone().rename();
    let library = move || library_of_columns(&x);
    workload.making(Who::Library { target: 1.2 }, "shapewright", library, |(mean, var)| {
        [mean.as_slice(), var.as_slice()].concat()
    });
    let library = move || run_time_of_columns(&run_time);
    workload.making(
        Who::Library { target: 1.2 },
        "shapewright, run time",
        library,
        |(mean, var)| [mean.as_slice(), var.as_slice()].concat(),
    );
    workload
}

at_level! {
    /// The kernel of W3a.
    moments_of_planes = moments_of_planes_kernel(out: &mut [f32], x: &[f32]);
    /// The kernel of W3b.
    moments_of_columns = moments_of_columns_kernel(out: &mut [f32], x: &[f32]);
}

/// The number of vectors that are summed independently, so that they do not wait for each other.
const APART: usize = 4;

#[inline(always)]
unsafe fn moments_of_planes_kernel<V: Vector>(out: &mut [f32], x: &[f32]) {
    const CHANNELS: usize = PLANES[1];
    assert!(x.len() == PLANES[0] * CHANNELS * PLANE && out.len() == 2 * CHANNELS);
    let (mut means, mut squares) = ([0f64; CHANNELS], [0f64; CHANNELS]);
    for image in 0..PLANES[0] {
        for channel in 0..CHANNELS {
            let plane = &x[(image * CHANNELS + channel) * PLANE..][..PLANE];
            if image == 0 {
                // SAFETY: the caller promises that the processor has the instructions of `V`.
                means[channel] = f64::from(unsafe { deviations::<V>(plane, 0.0) }.0) / PLANE as f64;
            }
            let of = means[channel] as f32;
            // SAFETY: the caller promises that the processor has the instructions of `V`.
            let (sum, square) = unsafe { deviations::<V>(plane, of) };
            let (sum, after) = (f64::from(sum), ((image + 1) * PLANE) as f64);
            means[channel] = f64::from(of) + sum / after;
            squares[channel] += f64::from(square) - sum * sum / after;
        }
    }
    for channel in 0..CHANNELS {
        out[channel] = means[channel] as f32;
        out[CHANNELS + channel] = (squares[channel] / (PLANES[0] * PLANE) as f64) as f32;
    }
}

/// The sums of the deviations of a plane from `of`, and of their squares.
#[inline(always)]
unsafe fn deviations<V: Vector>(plane: &[f32], of: f32) -> (f32, f32) {
    assert!(plane.len() == PLANE && PLANE.is_multiple_of(APART * V::LANES));
    // SAFETY: the caller promises that the processor has the instructions of `V`. The length of the
    // plane is a multiple of a step, so each vector is within it.
    unsafe {
        let of = V::splat(of);
        let (mut sums, mut squares) = ([V::splat(0.0); APART], [V::splat(0.0); APART]);
        for j in (0..PLANE).step_by(APART * V::LANES) {
            for a in 0..APART {
                let deviation = V::load(plane.as_ptr().add(j + a * V::LANES)).sub(of);
                sums[a] = sums[a].add(deviation);
                squares[a] = deviation.mul_add(deviation, squares[a]);
            }
        }
        let total = |[a, b, c, d]: [V; APART]| a.add(b).add(c.add(d)).sum_lanes();
        (total(sums), total(squares))
    }
}

#[inline(always)]
unsafe fn moments_of_columns_kernel<V: Vector>(out: &mut [f32], x: &[f32]) {
    const COLUMNS: usize = ROWS[1];
    /// The number of rows of a tile.
    const TILE: usize = 8;
    assert!(x.len() == ROWS[0] * COLUMNS && out.len() == 2 * COLUMNS);
    let (means, squares) = out.split_at_mut(COLUMNS);
    squares.fill(0.0);
    for (j, mean) in means.iter_mut().enumerate() {
        *mean = (0..TILE).map(|row| x[row * COLUMNS + j]).sum::<f32>() / TILE as f32;
    }
    let (means, moments) = (means.as_mut_ptr(), squares.as_mut_ptr());
    for tile in (0..ROWS[0]).step_by(TILE) {
        for j in (0..COLUMNS).step_by(APART * V::LANES) {
            // SAFETY: 1000 rows are a multiple of a tile's, and 256 columns of 64; the lengths were
            // asserted.
            unsafe {
                let of: [V; APART] = core::array::from_fn(|a| V::load(means.add(j + a * V::LANES)));
                let (mut sums, mut squares) = ([V::splat(0.0); APART], [V::splat(0.0); APART]);
                for row in tile..tile + TILE {
                    for a in 0..APART {
                        let x = V::load(x.as_ptr().add(row * COLUMNS + j + a * V::LANES));
                        let deviation = x.sub(of[a]);
                        sums[a] = sums[a].add(deviation);
                        squares[a] = deviation.mul_add(deviation, squares[a]);
                    }
                }
                let share = V::splat(1.0 / (tile + TILE) as f32);
                for a in 0..APART {
                    let (mean, moment) =
                        (means.add(j + a * V::LANES), moments.add(j + a * V::LANES));
                    let moved = sums[a].mul(share);
                    of[a].add(moved).store(mean);
                    V::load(moment).add(squares[a].sub(sums[a].mul(moved))).store(moment);
                }
            }
        }
    }
    for square in &mut out[COLUMNS..] {
        *square /= ROWS[0] as f32;
    }
}
