use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn apply(matrix: &Tensor<f32, shape![1000, 256]>, x: &Tensor<f32, shape![1000]>) -> Tensor<f32, shape![256]> {
    matrix.matmul(x).to_tensor()
}

fn main() {}
