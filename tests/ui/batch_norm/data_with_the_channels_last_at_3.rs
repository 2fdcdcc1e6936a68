use shapewright::nn::BatchNorm;
use shapewright::prelude::*;
use shapewright::{Dim, Tensor, shape};

fn normalise(
    norm: &BatchNorm<Dim<3>>,
    images: &Tensor<f32, shape![8, 32, 32, 3]>,
) -> Tensor<f32, shape![8, 32, 32, 3]> {
    norm.forward(images).to_tensor()
}

fn main() {}
