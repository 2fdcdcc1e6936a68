use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn scaled(a: &Tensor<f32, shape![1000, 256]>) -> Tensor<f32, shape![1000, 256]> {
    a.matmul(2.0).to_tensor()
}

fn main() {}
