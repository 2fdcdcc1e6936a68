use shapewright::nn::Conv2d;
use shapewright::prelude::*;
use shapewright::{Dim, Tensor, shape};

fn features(conv: &Conv2d<Dim<3>, Dim<16>, 3, 1, 1>, image: &Tensor<f32, shape![3, 28, 28]>) -> f32 {
    conv.forward(image).sum()
}

fn main() {}
