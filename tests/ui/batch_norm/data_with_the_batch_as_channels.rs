use shapewright::nn::BatchNorm;
use shapewright::prelude::*;
use shapewright::{Tensor, dim};

dim!(Batch = 256, Features = 256);

fn normalise(norm: &BatchNorm<Batch>, x: &Tensor<f32, (Batch, Features)>) -> Tensor<f32, (Batch, Features)> {
    norm.forward(x).to_tensor()
}

fn main() {}
