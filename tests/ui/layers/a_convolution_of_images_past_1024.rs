use shapewright::nn::Conv2d;
use shapewright::prelude::*;
use shapewright::{Dim, Tensor, shape};

fn features(conv: &Conv2d<Dim<3>, Dim<16>, 3, 2, 1>, images: &Tensor<f32, shape![1, 3, 2160, 3840]>) -> f32 {
    conv.forward(images).sum()
}

fn main() {}
