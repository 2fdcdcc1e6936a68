use shapewright::nn::MaxPool2d;
use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn halved(pool: &MaxPool2d<2>, images: &Tensor<f32, shape![8, 3, 1, 28]>) -> f32 {
    pool.forward(images).sum()
}

fn main() {}
