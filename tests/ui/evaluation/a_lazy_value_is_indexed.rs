use shapewright::{Tensor, prelude::*};

fn first<N: Length, C: Length>(x: &Tensor<f32, (N, C)>) -> f32 {
    (x * 2.0)[[0, 0]]
}

fn main() {}
