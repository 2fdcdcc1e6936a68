use shapewright::prelude::*;
use shapewright::{Length, Tensor};

fn product<M: Length, K: Length, N: Length>(
    a: &Tensor<f32, (M, K)>,
    b: &Tensor<f32, (N, K)>,
) -> Tensor<f32, (M, N)> {
    a.matmul(b).to_tensor()
}

fn main() {}
