use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn masked(x: &Tensor<f32, shape![1000]>, valid: &Tensor<bool, shape![1000]>) -> Tensor<f32, shape![1000]> {
    (x * valid).to_tensor()
}

fn main() {}
