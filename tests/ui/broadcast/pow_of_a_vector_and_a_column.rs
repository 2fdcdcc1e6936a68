use shapewright::prelude::*;
use shapewright::{Length, One, Tensor};

fn powers<N: Length>(x: &Tensor<f32, (N,)>, y: &Tensor<f32, (N, One)>) -> f32 {
    x.pow(y).sum()
}

fn main() {}
