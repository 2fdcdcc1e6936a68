use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn error(predicted: &Tensor<f32, shape![3]>, target: &Tensor<f32, shape![3, 1]>) -> f32 {
    (predicted - target).square().mean()
}

fn main() {}
