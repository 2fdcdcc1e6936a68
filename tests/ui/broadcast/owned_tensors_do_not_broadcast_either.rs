use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn add(x: Tensor<f64, shape![4, 3]>, y: Tensor<f64, shape![4]>) -> Tensor<f64, shape![4, 3]> {
    (x + y).to_tensor()
}

fn main() {}
