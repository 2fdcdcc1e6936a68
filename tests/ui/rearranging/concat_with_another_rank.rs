use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn joined(a: &Tensor<f32, shape![3, 4]>, b: &Tensor<f32, shape![4]>) -> Tensor<f32, shape![4, 4]> {
    a.concat(b, Axis::<0>).to_tensor()
}

fn main() {}
