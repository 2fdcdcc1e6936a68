use shapewright::nn::BatchNorm;
use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn normalise(videos: &Tensor<f32, shape![8, 3, 2, 16, 32, 32]>) -> f32 {
    let norm = BatchNorm::of(videos, 1e-5);
    norm.forward(videos).sum()
}

fn main() {}
