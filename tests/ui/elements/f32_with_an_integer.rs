use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn double(x: &Tensor<f32, shape![3]>) -> Tensor<f32, shape![3]> {
    (x * 2).to_tensor()
}

fn main() {}
