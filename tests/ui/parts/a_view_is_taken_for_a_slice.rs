use shapewright::{Tensor, prelude::*};

fn first<N: Length, C: Length>(x: &Tensor<f32, (N, C)>) -> f32 {
    x.row(0).as_slice()[0]
}

fn main() {}
