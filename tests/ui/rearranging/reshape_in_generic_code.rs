use shapewright::prelude::*;
use shapewright::{Length, One, Tensor};

fn flat<N: Length>(x: &Tensor<f32, (N, One)>, to: (N,)) -> Tensor<f32, (N,)> {
    x.reshape(to).to_tensor()
}

fn main() {}
