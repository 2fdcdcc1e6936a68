use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn normalise(
    x: &Tensor<f32, shape![1000, 256]>,
    mean: &Tensor<f32, shape![1000]>,
    scale: &Tensor<f32, shape![256]>,
) -> Tensor<f32, shape![1000, 256]> {
    let centered = x - mean;
    let scaled = centered * scale;
    scaled.maximum(0.0).to_tensor()
}

fn main() {}
