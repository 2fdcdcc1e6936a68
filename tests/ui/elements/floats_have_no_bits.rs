use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn both(x: &Tensor<f32, shape![3]>, y: &Tensor<f32, shape![3]>) -> Tensor<f32, shape![3]> {
    (x & y).to_tensor()
}

fn main() {}
