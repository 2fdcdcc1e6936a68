use shapewright::nn::Conv1d;
use shapewright::prelude::*;
use shapewright::{Dim, Tensor, shape};

fn features(conv: &Conv1d<Dim<3>, Dim<16>, 9>, lines: &Tensor<f32, shape![8, 3, 8]>) -> f32 {
    conv.forward(lines).sum()
}

fn main() {}
