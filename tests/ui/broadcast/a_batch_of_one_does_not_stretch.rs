use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn add(
    x: &Tensor<f32, shape![{ 1 }, 256]>,
    y: &Tensor<f32, shape![1000, 256]>,
) -> Tensor<f32, shape![1000, 256]> {
    (x + y).to_tensor()
}

fn main() {}
