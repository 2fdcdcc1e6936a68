use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn column(x: &Tensor<f32, shape![1000]>) -> Tensor<f32, shape![1000, 1]> {
    x.expand_dims(Axis::<2>).to_tensor()
}

fn main() {}
