use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn above(
    x: &Tensor<f32, shape![1000, 256]>,
    limit: &Tensor<f32, shape![1000]>,
) -> Tensor<bool, shape![1000, 256]> {
    x.greater(limit).to_tensor()
}

fn main() {}
