use shapewright::nn::Conv2d;
use shapewright::prelude::*;
use shapewright::{Tensor, shape};

dim!(Rgb = 3, Hsv = 3, Features = 16);

fn features(conv: &Conv2d<Rgb, Features, 3, 1, 1>, images: &Tensor<f32, shape![8, Hsv, 28, 28]>) -> f32 {
    conv.forward(images).sum()
}

fn main() {}
