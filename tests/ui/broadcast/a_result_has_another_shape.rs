use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn doubled(x: &Tensor<f32, shape![1000, 256]>) -> Tensor<f32, shape![256, 1000]> {
    (x * 2.0).to_tensor()
}

fn main() {}
