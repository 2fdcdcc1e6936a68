use shapewright::prelude::*;
use shapewright::{Length, Tensor};

fn flat<N: Length, C: Length>(x: &Tensor<f32, (N, C)>) -> f32 {
    x.flatten().sum()
}

fn main() {}
