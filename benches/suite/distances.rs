//! W5: the squared distance of every pair of points, 512 on each side, with 64 coordinates.

use shapewright::{Dyn, One, Tensor, prelude::*, shape};

use super::data::{Expected, Random};
use super::harness::{Who, Work, Workload};
use super::memory::Buffer;
use super::vector::{Level, Vector, at_level};

/// The number of points on each side.
pub const POINTS: usize = 512;
/// The number of coordinates of a point.
pub const COORDINATES: usize = 64;

/// Points on two sides, (512, 64) each.
pub struct Given {
    /// The points that become rows.
    pub a: Vec<f32>,
    /// The points that become columns.
    pub b: Vec<f32>,
}

impl Given {
    /// Random points.
    pub fn new() -> Self {
        let mut random = Random::new(5);
        let mut points = || random.uniform(POINTS * COORDINATES, -1.0, 1.0);
        Self { a: points(), b: points() }
    }

    fn expected(&self) -> Expected {
        let distance = |a: &[f32], b: &[f32]| {
            a.iter().zip(b).map(|(&a, &b)| (f64::from(a) - f64::from(b)).powi(2)).sum::<f64>()
        };
        let b = || self.b.chunks_exact(COORDINATES);
        let row = |a| b().map(move |b| distance(a, b));
        Expected {
            values: self.a.chunks_exact(COORDINATES).flat_map(row).collect(),
            scale: 1.0,
            ulp: 12.0,
        }
    }
}

type Rows = Tensor<f32, shape![{ POINTS }, 1, { COORDINATES }]>;
type Columns = Tensor<f32, shape![1, { POINTS }, { COORDINATES }]>;
type Distances = Tensor<f32, shape![{ POINTS }, { POINTS }]>;

fn library(out: &mut Distances, a: &Rows, b: &Columns) {
    out.assign((a.stretch() - b).square().sum_axis(Axis::<-1>));
}

fn run_time(
    out: &mut Tensor<f32, (Dyn, Dyn)>,
    a: &Tensor<f32, (Dyn, One, Dyn)>,
    b: &Tensor<f32, (One, Dyn, Dyn)>,
) {
    out.assign((a.stretch() - b).square().sum_axis(Axis::<-1>));
}

/// The workload W5.
pub fn distances<'a>(given: &'a Given, name: &str, level: Level) -> Workload<'a> {
    let work = Work::Operations(3 * POINTS * POINTS * COORDINATES);
    let mut workload = Workload::new(name, work, given.expected());
    let (a, b) = (Buffer::of(&given.a), Buffer::of(&given.b));
    let mut transposed = Buffer::zeros(b.len());
    let by_hand = move |out: &mut Buffer| distances_by_hand(level, out, &a, &b, &mut transposed);
    workload.writing(Who::Limit, "by hand", Buffer::zeros(POINTS * POINTS), by_hand, |out| {
        out.to_vec()
    });

    let a = Rows::from_slice(&given.a).expect("as many as the shape has");
    let b = Columns::from_slice(&given.b).expect("as many as the shape has");
    let (run_a, run_b) = (a.clone().rename(), b.clone().rename());
    let library = move |out: &mut Distances| library(out, &a, &b);
    let out = Distances::zeros();
    workload.writing(Who::Library { target: 1.5 }, "shapewright", out, library, |out| {
        out.as_slice().to_vec()
    });
    let library = move |out: &mut Tensor<f32, (Dyn, Dyn)>| run_time(out, &run_a, &run_b);
    let (target, out) = (Who::Library { target: 1.5 }, Distances::zeros().rename());
    workload.writing(target, "shapewright, run time", out, library, |out| out.as_slice().to_vec());
    workload
}

at_level! {
    /// The kernel of W5, with register tiles.
    distances_by_hand = distances_kernel(out: &mut [f32], a: &[f32], b: &[f32], transposed: &mut [f32]);
}

#[inline(always)]
unsafe fn distances_kernel<V: Vector>(
    out: &mut [f32],
    a: &[f32],
    b: &[f32],
    transposed: &mut [f32],
) {
    /// The rows of a tile. It is two vectors wide, and the sums, their operands and the differences
    /// fill sixteen registers.
    const HEIGHT: usize = 5;
    let width = 2 * V::LANES;
    assert!(a.len() == POINTS * COORDINATES && b.len() == a.len() && transposed.len() == a.len());
    assert!(out.len() == POINTS * POINTS);
    // Panels as wide as a tile, which store the points' first coordinates contiguously, then the
    // second, and so on.
    for (panel, points) in
        transposed.chunks_exact_mut(width * COORDINATES).zip(b.chunks_exact(width * COORDINATES))
    {
        for (k, side_by_side) in panel.chunks_exact_mut(width).enumerate() {
            for (slot, point) in side_by_side.iter_mut().zip(points.chunks_exact(COORDINATES)) {
                *slot = point[k];
            }
        }
    }
    for (panel, j) in transposed.chunks_exact(width * COORDINATES).zip((0..POINTS).step_by(width)) {
        let whole = POINTS / HEIGHT * HEIGHT;
        for i in (0..whole).step_by(HEIGHT) {
            // SAFETY: the rows from `i` on and the columns of the panel are within the lengths that
            // were asserted.
            unsafe { tile::<V, HEIGHT>(out, a, panel, i, j) }
        }
        // SAFETY: the rows from `whole` on and the columns of the panel are within the lengths that
        // were asserted.
        unsafe { tile::<V, { POINTS % HEIGHT }>(out, a, panel, whole, j) }
    }
}

/// The distances of `ROWS` rows from `i` on and the columns of a panel from `j` on, in registers.
///
/// # Safety
/// The rows and the columns must be those of points.
#[inline(always)]
unsafe fn tile<V: Vector, const ROWS: usize>(
    out: &mut [f32],
    a: &[f32],
    panel: &[f32],
    i: usize,
    j: usize,
) {
    // SAFETY: the caller promises that the rows and the columns are those of points, and that the
    // processor has the instructions of `V`.
    unsafe {
        let rows = a.as_ptr().add(i * COORDINATES);
        let mut sums = [[V::splat(0.0); 2]; ROWS];
        for k in 0..COORDINATES {
            let at = panel.as_ptr().add(k * 2 * V::LANES);
            let columns = [V::load(at), V::load(at.add(V::LANES))];
            for (r, sums) in sums.iter_mut().enumerate() {
                let x = V::splat(*rows.add(r * COORDINATES + k));
                for (sum, y) in sums.iter_mut().zip(columns) {
                    let deviation = x.sub(y);
                    *sum = deviation.mul_add(deviation, *sum);
                }
            }
        }
        for (r, sums) in sums.iter().enumerate() {
            let to = out.as_mut_ptr().add((i + r) * POINTS + j);
            sums[0].store(to);
            sums[1].store(to.add(V::LANES));
        }
    }
}
