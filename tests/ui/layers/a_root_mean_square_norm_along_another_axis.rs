use shapewright::nn::RmsNorm;
use shapewright::prelude::*;
use shapewright::{Dim, Tensor, shape};

fn normalise(norm: &RmsNorm<Dim<768>>, x: &Tensor<f32, shape![8, 128, 50257]>) -> f32 {
    norm.forward(x).sum()
}

fn main() {}
