use shapewright::prelude::*;
use shapewright::{Length, Tensor, shape};

fn add<N: Length>(x: &Tensor<f32, (N,)>, y: &Tensor<f32, (N,)>) -> Tensor<f32, (N,)> {
    (x + y).to_tensor()
}

fn run(x: &Tensor<f32, shape![50257]>, y: &Tensor<f32, shape![3]>) -> Tensor<f32, shape![50257]> {
    add(x, y)
}

fn main() {}
