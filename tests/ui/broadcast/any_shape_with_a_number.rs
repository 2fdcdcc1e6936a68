use shapewright::prelude::*;
use shapewright::{Shape, Tensor};

fn doubled<S: Shape>(x: &Tensor<f32, S>) -> Tensor<f32, S> {
    (x * 2.0).to_tensor()
}

fn main() {}
