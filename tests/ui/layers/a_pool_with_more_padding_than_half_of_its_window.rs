use shapewright::nn::MaxPool2d;
use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn pooled(images: &Tensor<f32, shape![8, 3, 28, 28]>) -> f32 {
    MaxPool2d::<3, 2, 2>.forward(images).sum()
}

fn main() {}
