use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn rows(x: &Tensor<f32, shape![12]>) -> Tensor<f32, shape![3, 4]> {
    x.reshape((3, 4)).to_tensor()
}

fn main() {}
