use shapewright::Tensor;
use shapewright::prelude::*;
use shapewright_tests::subtypes::{Sub, Super};

fn product(x: &Tensor<f32, (Sub,)>, y: &Tensor<f32, (Super,)>) -> f32 {
    x.matmul(y).to_tensor().item()
}

fn main() {}
