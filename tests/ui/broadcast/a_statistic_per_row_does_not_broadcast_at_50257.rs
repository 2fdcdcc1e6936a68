use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn center(
    x: &Tensor<f32, shape![50257, 768]>,
    mean: &Tensor<f32, shape![50257]>,
) -> Tensor<f32, shape![50257, 768]> {
    (x - mean).to_tensor()
}

fn main() {}
