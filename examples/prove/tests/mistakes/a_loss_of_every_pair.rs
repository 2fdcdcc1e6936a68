use shapewright::prelude::*;
use shapewright::{Tensor, shape};
use shapewright_prove::Readings;

fn loss(predicted: &Tensor<f32, shape![?Readings, 1]>, target: &Tensor<f32, shape![?Readings]>) -> f32 {
    (predicted - target).square().mean()
}

fn main() {}
