use shapewright::prelude::*;
use shapewright::{Length, Tensor};

fn doubled<N: Length, B: Storage>(x: &Tensor<f32, (N,), B>) -> f32 {
    (x * 2.0).to_tensor().sum()
}

fn main() {}
