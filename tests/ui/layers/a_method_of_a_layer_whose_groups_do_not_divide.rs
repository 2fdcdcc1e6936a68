use shapewright::nn::Conv2d;
use shapewright::prelude::*;
use shapewright::{Dim, Tensor, shape};

fn features(conv: &Conv2d<Dim<6>, Dim<8>, 3, 1, 1, 1, 4>, images: &Tensor<f32, shape![8, 6, 28, 28]>) -> f32 {
    conv.forward(images).sum()
}

fn main() {}
