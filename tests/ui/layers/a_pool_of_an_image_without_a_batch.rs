use shapewright::nn::MaxPool2d;
use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn halved(image: &Tensor<f32, shape![3, 28, 28]>) -> f32 {
    MaxPool2d::<2>.forward(image).sum()
}

fn main() {}
