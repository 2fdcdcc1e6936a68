use shapewright::nn::BatchNorm;
use shapewright::prelude::*;
use shapewright::{Length, Tensor};

fn normalise<N: Length, H: Length, W: Length, C: Length>(
    norm: &BatchNorm<C>,
    images: &Tensor<f32, (N, H, W, C)>,
) -> Tensor<f32, (N, H, W, C)> {
    norm.forward(images).to_tensor()
}

fn main() {}
