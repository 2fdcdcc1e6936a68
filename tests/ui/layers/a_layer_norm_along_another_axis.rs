use shapewright::nn::LayerNorm;
use shapewright::prelude::*;
use shapewright::{Dim, Tensor, shape};

fn normalise(norm: &LayerNorm<Dim<512>>, x: &Tensor<f32, shape![8, 512, 128]>) -> f32 {
    norm.forward(x).sum()
}

fn main() {}
