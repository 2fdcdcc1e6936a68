use shapewright::nn::Conv1d;
use shapewright::prelude::*;
use shapewright::{Dim, Tensor, shape};

fn features(conv: &Conv1d<Dim<2>, Dim<16>, 5>, lines: &Tensor<f32, shape![8, 6, 50257]>) -> f32 {
    conv.forward(lines).sum()
}

fn main() {}
