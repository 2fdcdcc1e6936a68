use shapewright::prelude::*;
use shapewright::{Length, One, Tensor};

fn product<N: Length, K: Length>(a: &Tensor<f32, (N, One)>, b: &Tensor<f32, (K, N)>) -> Tensor<f32, (N, N)> {
    a.matmul(b).to_tensor()
}

fn main() {}
