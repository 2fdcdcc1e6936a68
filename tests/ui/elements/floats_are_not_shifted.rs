use shapewright::prelude::*;
use shapewright::{Length, Tensor};

fn shifted<N: Length>(x: &Tensor<f32, (N,)>) -> Tensor<f32, (N,)> {
    (x << 1.0).to_tensor()
}

fn main() {}
