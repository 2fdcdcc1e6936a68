use shapewright::nn::Conv2d;
use shapewright::prelude::*;
use shapewright::{Dim, Tensor, shape};

fn features(conv: &Conv2d<Dim<3>, Dim<16>, 5>, images: &Tensor<f32, shape![8, 3, 4, 28]>) -> f32 {
    conv.forward(images).sum()
}

fn main() {}
