use shapewright::nn::BatchNorm;
use shapewright::prelude::*;
use shapewright::{Dim, Tensor, shape};

fn normalise(norm: &BatchNorm<Dim<3>>, videos: &Tensor<f32, shape![8, 3, 2, 16, 32, 32]>) -> f32 {
    norm.forward(videos).sum()
}

fn main() {}
