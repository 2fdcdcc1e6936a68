use shapewright::prelude::*;
use shapewright::{Length, One, Tensor};

fn larger<N: Length>(x: &Tensor<f32, (N,)>, y: &Tensor<f32, (N, One)>) -> f32 {
    x.maximum(y).sum()
}

fn main() {}
