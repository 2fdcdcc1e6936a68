use shapewright::prelude::*;
use shapewright::{Length, One, Tensor};

fn error<N: Length>(predicted: &Tensor<f32, (N,)>, target: &Tensor<f32, (N, One)>) -> Tensor<f32, (N,)> {
    (predicted - target).square().to_tensor()
}

fn main() {}
