use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn layer(
    x: &Tensor<f32, shape![1000, 256]>,
    weights: &Tensor<f32, shape![128, 256]>,
) -> Tensor<f32, shape![1000, 128]> {
    x.matmul(weights).to_tensor()
}

fn main() {}
