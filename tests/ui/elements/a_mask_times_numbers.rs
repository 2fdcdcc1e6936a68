use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn masked(valid: &Tensor<bool, shape![1000]>, x: &Tensor<f32, shape![1000]>) -> Tensor<f32, shape![1000]> {
    (valid * x).to_tensor()
}

fn main() {}
