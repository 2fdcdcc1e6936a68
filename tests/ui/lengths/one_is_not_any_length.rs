use shapewright::prelude::*;
use shapewright::{Length, Tensor, shape};

fn center<N: Length, C: Length>(x: &Tensor<f32, (N, C)>, mean: &Tensor<f32, (C,)>) -> Tensor<f32, (N, C)> {
    (x - mean).to_tensor()
}

fn run(x: &Tensor<f32, shape![1, 256]>, mean: &Tensor<f32, shape![256]>) -> Tensor<f32, shape![1, 256]> {
    center(x, mean)
}

fn main() {}
