use shapewright::nn::BatchNorm;
use shapewright::prelude::*;
use shapewright::{Dim, Tensor, shape};

fn normalise(norm: &BatchNorm<Dim<3>>, x: &Tensor<f32, shape![8, 4, 32]>) -> Tensor<f32, shape![8, 4, 32]> {
    norm.forward(x).to_tensor()
}

fn main() {}
