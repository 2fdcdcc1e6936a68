use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn logits(
    x: &Tensor<f32, shape![3, 768]>,
    embedding: &Tensor<f32, shape![50257, 768]>,
) -> Tensor<f32, shape![3, 50257]> {
    x.matmul(embedding).to_tensor()
}

fn main() {}
