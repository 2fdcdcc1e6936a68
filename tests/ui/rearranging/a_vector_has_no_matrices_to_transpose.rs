use shapewright::{Tensor, prelude::*};

fn turn(x: &Tensor<f32, shape![3]>) {
    let _ = x.matrix_transpose();
}

fn main() {}
