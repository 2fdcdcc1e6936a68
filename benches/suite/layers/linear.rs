//! L1: a linear layer, `x @ weight.T + bias`.

use shapewright::{Dim, Tensor, nn::Linear, prelude::*, shape};

use crate::suite::data::{Expected, Random, product};
use crate::suite::harness::{Who, Work, Workload};
use crate::suite::vector::Level;

/// Rows of the data.
pub const ROWS: usize = 64;
/// The number of input features.
pub const FEATURES: usize = 784;

/// Data and parameters.
pub struct Given {
    /// `(ROWS, FEATURES)`
    pub x: Vec<f32>,
    /// `(out, FEATURES)`
    pub weight: Vec<f32>,
    /// `(out,)`
    pub bias: Vec<f32>,
    /// The number of output features.
    pub out: usize,
}

impl Given {
    /// Random data.
    pub fn new(out: usize) -> Self {
        let mut random = Random::new(11);
        Self {
            x: random.uniform(ROWS * FEATURES, -1.0, 1.0),
            weight: random.uniform(out * FEATURES, -1.0, 1.0),
            bias: random.uniform(out, -1.0, 1.0),
            out,
        }
    }

    fn expected(&self) -> Expected {
        let mut columns = vec![0.0; FEATURES * self.out];
        for (j, row) in self.weight.chunks_exact(FEATURES).enumerate() {
            row.iter().enumerate().for_each(|(p, &weight)| columns[p * self.out + j] = weight);
        }
        let mut values = product(&self.x, &columns, [ROWS, FEATURES, self.out]);
        for row in values.chunks_exact_mut(self.out) {
            row.iter_mut().zip(&self.bias).for_each(|(y, &bias)| *y += f64::from(bias));
        }
        Expected { values, scale: (FEATURES as f64).sqrt(), ulp: 32.0 }
    }
}

/// The workload L1, with the library as its only contender.
pub fn layer<'a, const OUT: usize>(given: &'a Given, name: &str, _: Level) -> Workload<'a> {
    let work = Work::Operations(2 * ROWS * FEATURES * OUT);
    let mut workload = Workload::new(name, work, given.expected());
    let x = Tensor::<f32, shape![{ ROWS }, { FEATURES }]>::from_slice(&given.x);
    let x = x.expect("as many as the shape has");
    let weight = Tensor::from_slice(&given.weight).expect("as many as the layer has");
    let bias = Tensor::from_slice(&given.bias).expect("as many as come out");
    let linear: Linear<Dim<FEATURES>, Dim<OUT>> = Linear::new(weight, bias);
    let layer = move || linear.forward(&x).to_tensor();
    workload
        .making(Who::Library { target: 1.0 }, "shapewright", layer, |out| out.as_slice().to_vec());
    workload
}
