use shapewright::prelude::*;
use shapewright::{Length, Tensor};

fn layer<N: Length, I: Length, O: Length>(
    x: &Tensor<f32, (N, I)>,
    weights: &Tensor<f32, (O, I)>,
    bias: &Tensor<f32, (O,)>,
) -> Tensor<f32, (N, O)> {
    (x.matmul(weights) + bias).to_tensor()
}

fn main() {}
