use shapewright::nn::BatchNorm;
use shapewright::prelude::*;
use shapewright::{Length, Tensor};

fn normalise<N: Length, C: Length, S: Length, D: Length, H: Length, W: Length>(
    x: &Tensor<f32, (N, C, S, D, H, W)>,
) -> f32 {
    BatchNorm::of(x, 1e-5).forward(x).sum()
}

fn main() {}
