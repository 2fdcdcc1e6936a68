use shapewright::prelude::*;
use shapewright::{Length, Tensor};

fn product<A: Length, B: Length, M: Length, K: Length, N: Length>(
    a: &Tensor<f32, (A, M, K)>,
    b: &Tensor<f32, (B, K, N)>,
) -> Tensor<f32, (A, M, N)> {
    a.matmul(b).to_tensor()
}

fn main() {}
