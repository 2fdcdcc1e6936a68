use shapewright::prelude::*;
use shapewright::{Length, Tensor, dim};

dim!(Batch = 32);

fn scale<C: Length>(x: &Tensor<f32, (C, Batch)>, scale: &Tensor<f32, (C,)>) -> Tensor<f32, (C, Batch)> {
    (x * scale).to_tensor()
}

fn main() {}
