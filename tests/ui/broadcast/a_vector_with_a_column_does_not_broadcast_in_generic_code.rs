use shapewright::prelude::*;
use shapewright::{Length, One, Tensor};

fn error<N: Length>(predicted: &Tensor<f32, (N,)>, target: &Tensor<f32, (N, One)>) -> f32 {
    (predicted - target).square().mean()
}

fn main() {}
