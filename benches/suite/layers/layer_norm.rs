//! L5: layer norm of the rows of (1000, 256).

use shapewright::{Dim, Tensor, nn::LayerNorm, prelude::*, shape};

use crate::suite::data::{Expected, Random, wide};
use crate::suite::harness::{Who, Work, Workload};
use crate::suite::vector::Level;

/// Rows, and the elements of a row.
pub const SHAPE: [usize; 2] = [1000, 256];
/// The constant that is added to a variance.
pub const EPS: f32 = 1e-5;

/// Data and parameters.
pub struct Given {
    /// Elements of shape [`SHAPE`].
    pub x: Vec<f32>,
    /// The scale of each column.
    pub gamma: Vec<f32>,
    /// The shift of each column.
    pub beta: Vec<f32>,
}

impl Given {
    /// Random data.
    pub fn new() -> Self {
        let mut random = Random::new(15);
        Self {
            x: random.uniform(SHAPE.iter().product(), -2.0, 2.0),
            gamma: random.uniform(SHAPE[1], 0.5, 1.5),
            beta: random.uniform(SHAPE[1], -0.5, 0.5),
        }
    }

    fn expected(&self) -> Expected {
        let row = |row: &[f32]| {
            let mean = wide(row).sum::<f64>() / SHAPE[1] as f64;
            let var = wide(row).map(|x| (x - mean).powi(2)).sum::<f64>() / SHAPE[1] as f64;
            let root = (var + f64::from(EPS)).sqrt();
            let normed = wide(row).zip(wide(&self.gamma)).zip(wide(&self.beta));
            normed.map(|((x, gamma), beta)| (x - mean) / root * gamma + beta).collect::<Vec<_>>()
        };
        Expected {
            values: self.x.chunks_exact(SHAPE[1]).flat_map(row).collect(),
            scale: 2.0,
            ulp: 8.0,
        }
    }
}

/// The workload L5, with the library as its only contender.
pub fn layer<'a>(given: &'a Given, name: &str, _: Level) -> Workload<'a> {
    let mut workload =
        Workload::new(name, Work::Bytes(2 * size_of_val(&*given.x)), given.expected());
    let x = Tensor::<f32, shape![{ SHAPE[0] }, { SHAPE[1] }]>::from_slice(&given.x);
    let x = x.expect("as many as the shape has");
    let of = |x: &[f32]| Tensor::from_slice(x).expect("as many as the layer has");
    let norm: LayerNorm<Dim<{ SHAPE[1] }>> = LayerNorm::new(of(&given.gamma), of(&given.beta), EPS);
    let layer = move || norm.forward(&x).to_tensor();
    workload
        .making(Who::Library { target: 1.0 }, "shapewright", layer, |out| out.as_slice().to_vec());
    workload
}
