use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn not(x: &Tensor<f32, shape![3]>) -> Tensor<f32, shape![3]> {
    (!x).to_tensor()
}

fn main() {}
