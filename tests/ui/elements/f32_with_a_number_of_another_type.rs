use shapewright::prelude::*;
use shapewright::{Length, Tensor};

fn scale<N: Length>(x: &Tensor<f32, (N,)>, by: f64) -> Tensor<f32, (N,)> {
    (x * by).to_tensor()
}

fn main() {}
