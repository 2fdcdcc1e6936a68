use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn mean(x: &Tensor<f32, shape![1000, 2.5]>) -> f32 {
    x.mean()
}

fn main() {}
