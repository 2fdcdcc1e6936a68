use shapewright::prelude::*;
use shapewright::{Length, Shape, Tensor};

fn project<S: Shape, N: Length, C: Length>(x: &Tensor<f32, S>, weights: &Tensor<f32, (N, C)>) -> f32 {
    x.matmul(weights).sum()
}

fn main() {}
