//! L3: the maximum of each window of 2 by 2 of images.

use shapewright::{Tensor, nn::MaxPool2d, prelude::*, shape};

use crate::suite::data::{Expected, Random};
use crate::suite::harness::{Who, Work, Workload};
use crate::suite::vector::Level;

/// Images, channels, rows and columns.
pub const SHAPE: [usize; 4] = [8, 64, 28, 28];
/// The rows and the columns of a window.
pub const KERNEL: usize = 2;

/// Random elements.
pub fn given() -> Vec<f32> {
    Random::new(13).uniform(SHAPE.iter().product(), -1.0, 1.0)
}

fn expected(x: &[f32]) -> Expected {
    let [.., width] = SHAPE;
    let window = |two_rows: &[f32], j: usize| {
        let at = [j, j + 1, width + j, width + j + 1];
        f64::from(at.map(|at| two_rows[at]).into_iter().fold(f32::NEG_INFINITY, f32::max))
    };
    let rows = x.chunks_exact(KERNEL * width);
    let values =
        rows.flat_map(|rows| (0..width).step_by(KERNEL).map(move |j| window(rows, j))).collect();
    Expected { values, scale: 1.0, ulp: 0.0 }
}

/// The workload L3, with the library as its only contender.
pub fn layer<'a>(given: &'a [f32], name: &str, _: Level) -> Workload<'a> {
    let mut workload =
        Workload::new(name, Work::Bytes(size_of_val(given) * 5 / 4), expected(given));
    let x =
        Tensor::<f32, shape![{ SHAPE[0] }, { SHAPE[1] }, { SHAPE[2] }, { SHAPE[3] }]>::from_slice(
            given,
        );
    let x = x.expect("as many as the shape has");
    let pool = move || MaxPool2d::<KERNEL>.forward(&x).to_tensor();
    workload
        .making(Who::Library { target: 1.0 }, "shapewright", pool, |out| out.as_slice().to_vec());
    workload
}
