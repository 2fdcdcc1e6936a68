use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn flat(x: &Tensor<f32, shape![1000, 256]>) -> f32 {
    x.flatten().sum()
}

fn main() {}
