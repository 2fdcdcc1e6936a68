use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn grid(rows: &Tensor<f32, shape![2, 1]>, columns: &Tensor<f32, shape![1, 3]>) -> Tensor<f32, shape![2, 3]> {
    (rows * columns).to_tensor()
}

fn main() {}
