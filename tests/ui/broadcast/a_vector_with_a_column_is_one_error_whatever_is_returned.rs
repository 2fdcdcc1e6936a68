use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn error(
    predicted: &Tensor<f32, shape![1000]>,
    target: &Tensor<f32, shape![1000, 1]>,
) -> Tensor<f32, shape![1000]> {
    (predicted - target).square().to_tensor()
}

fn main() {}
