use shapewright::nn::BatchNorm;
use shapewright::prelude::*;
use shapewright::{Dim, Tensor, shape};

fn normalise(norm: &BatchNorm<Dim<256>>, x: &Tensor<f32, shape![256]>) -> Tensor<f32, shape![256]> {
    norm.forward(x).to_tensor()
}

fn main() {}
