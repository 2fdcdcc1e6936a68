use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn row(x: &Tensor<f32, shape![1000, 1]>) -> Tensor<f32, shape![1000]> {
    x.squeeze(Axis::<0>).to_tensor()
}

fn main() {}
