use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn normalise(
    x: &Tensor<f32, shape![1000, 256]>,
    mean: &Tensor<f32, shape![1000]>,
    scale: &Tensor<f32, shape![3]>,
) -> f32 {
    ((x - mean) * scale).sum()
}

fn main() {}
