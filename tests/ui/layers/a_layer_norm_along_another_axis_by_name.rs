use shapewright::nn::LayerNorm;
use shapewright::prelude::*;
use shapewright::{Tensor, shape};

dim!(Batch, Time, Width = 768, Vocabulary = 50257);

fn normalise(norm: &LayerNorm<Width>, x: &Tensor<f32, shape![?Batch, ?Time, Vocabulary]>) -> f32 {
    norm.forward(x).sum()
}

fn main() {}
