use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn above(x: &Tensor<f32, shape![3]>, limit: &Tensor<f64, shape![3]>) -> Tensor<bool, shape![3]> {
    x.greater(limit).to_tensor()
}

fn main() {}
