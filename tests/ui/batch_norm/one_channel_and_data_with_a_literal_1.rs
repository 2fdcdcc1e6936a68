use shapewright::nn::BatchNorm;
use shapewright::prelude::*;
use shapewright::{Dim, Tensor, shape};

fn normalise(norm: &BatchNorm<Dim<1>>, grey: &Tensor<f32, shape![8, 1, 28, 28]>) -> f32 {
    norm.forward(grey).sum()
}

fn main() {}
