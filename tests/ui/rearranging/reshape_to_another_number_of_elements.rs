use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn grid(x: &Tensor<f32, shape![12]>) -> Tensor<f32, shape![3, 5]> {
    x.reshape(shape![3, 5]).to_tensor()
}

fn main() {}
