use shapewright::prelude::*;
use shapewright::{Length, Tensor};

fn center<N: Length, C: Length>(x: &Tensor<f32, (N, C)>, mean: &Tensor<f32, (N,)>) -> Tensor<f32, (N, C)> {
    (x - mean).to_tensor()
}

fn main() {}
