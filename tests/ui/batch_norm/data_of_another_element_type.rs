use shapewright::nn::BatchNorm;
use shapewright::prelude::*;
use shapewright::{Dim, Tensor, shape};

fn normalise(
    norm: &BatchNorm<Dim<256>, f32>,
    x: &Tensor<f64, shape![1000, 256]>,
) -> Tensor<f32, shape![1000, 256]> {
    norm.forward(x).to_tensor()
}

fn main() {}
