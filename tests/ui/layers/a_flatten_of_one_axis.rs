use shapewright::nn::{Flatten, Layer};
use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn flat(x: Tensor<f32, shape![32]>) -> f32 {
    Flatten.forward(x).sum()
}

fn main() {}
