use shapewright::prelude::*;
use shapewright::{Length, One, Tensor};

fn choose<N: Length>(valid: &Tensor<bool, (N,)>, x: &Tensor<f32, (N, One)>) -> Tensor<f32, (N, N)> {
    valid.where_(x, 0.0).to_tensor()
}

fn main() {}
