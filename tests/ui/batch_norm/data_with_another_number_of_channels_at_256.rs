use shapewright::nn::BatchNorm;
use shapewright::prelude::*;
use shapewright::{Dim, Tensor, shape};

fn normalise(
    norm: &BatchNorm<Dim<256>>,
    x: &Tensor<f32, shape![1000, 128]>,
) -> Tensor<f32, shape![1000, 128]> {
    norm.forward(x).to_tensor()
}

fn main() {}
