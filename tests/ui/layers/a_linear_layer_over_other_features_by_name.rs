use shapewright::nn::Linear;
use shapewright::prelude::*;
use shapewright::{Tensor, shape};

dim!(Batch, Pixels = 784, Digits = 10);

fn classify(linear: &Linear<Pixels, Digits>, x: &Tensor<f32, shape![?Batch, Digits]>) -> f32 {
    linear.forward(x).sum()
}

fn main() {}
