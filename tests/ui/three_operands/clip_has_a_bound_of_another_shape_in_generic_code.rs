use shapewright::prelude::*;
use shapewright::{Length, Tensor};

fn clipped<N: Length, C: Length>(x: &Tensor<f32, (N, C)>, high: &Tensor<f32, (N,)>) -> Tensor<f32, (N, C)> {
    x.clip(0.0, high).to_tensor()
}

fn main() {}
