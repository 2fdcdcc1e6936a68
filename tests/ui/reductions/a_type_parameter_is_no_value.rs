use shapewright::prelude::*;
use shapewright::{Length, Tensor};

fn mean<N: Length, C: Length>(x: &Tensor<f32, (N, C)>) -> Tensor<f32, (N,)> {
    x.mean_axis(C).to_tensor()
}

fn main() {}
