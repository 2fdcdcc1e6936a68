use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn normalise(
    x: &Tensor<f32, shape![1000, 256]>,
    mean: &Tensor<f32, shape![256]>,
    var: &Tensor<f32, shape![1000]>,
    gamma: &Tensor<f32, shape![256]>,
    beta: &Tensor<f32, shape![256]>,
) -> Tensor<f32, shape![1000, 256]> {
    ((x - mean) / (var + 1e-5).sqrt() * gamma + beta).to_tensor()
}

fn main() {}
