use shapewright::Tensor;
use shapewright::nn::LayerNorm;
use shapewright::prelude::*;

fn normalise<N: Length, T: Length, C: Length>(norm: &LayerNorm<C>, x: &Tensor<f32, (N, C, T)>) -> f32 {
    norm.forward(x).sum()
}

fn main() {}
