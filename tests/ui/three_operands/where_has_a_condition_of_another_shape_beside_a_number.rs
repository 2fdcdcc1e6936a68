use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn masked(
    valid: &Tensor<bool, shape![50257]>,
    x: &Tensor<f32, shape![50257, 768]>,
) -> Tensor<f32, shape![50257, 768]> {
    valid.where_(x, 0.0).to_tensor()
}

fn main() {}
