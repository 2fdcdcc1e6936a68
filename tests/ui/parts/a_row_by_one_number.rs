use shapewright::{Tensor, prelude::*};

fn first<N: Length, C: Length>(x: &Tensor<f32, (N, C)>) -> f32 {
    let row = x[0];
    row
}

fn main() {}
