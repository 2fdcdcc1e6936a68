use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn clipped(
    x: &Tensor<f32, shape![1000, 256]>,
    low: &Tensor<f32, shape![256]>,
    high: &Tensor<f32, shape![1000]>,
) -> Tensor<f32, shape![1000, 256]> {
    x.clip(low, high).to_tensor()
}

fn main() {}
