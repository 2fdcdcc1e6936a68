use shapewright::nn::Conv1d;
use shapewright::prelude::*;
use shapewright::{Dim, Tensor, shape};

fn features(conv: &Conv1d<Dim<3>, Dim<16>, 3>, images: &Tensor<f32, shape![8, 3, 28, 28]>) -> f32 {
    conv.forward(images).sum()
}

fn main() {}
