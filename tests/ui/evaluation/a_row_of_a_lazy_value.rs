use shapewright::{Tensor, prelude::*};

fn first_column<N: Length, C: Length>(x: &Tensor<f32, (N, C)>) -> f32 {
    x.t().row(0).sum()
}

fn main() {}
