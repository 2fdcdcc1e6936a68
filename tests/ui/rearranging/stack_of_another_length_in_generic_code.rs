use shapewright::prelude::*;
use shapewright::{Length, Tensor};

fn stacked<N: Length, C: Length>(a: &Tensor<f32, (N, C)>, b: &Tensor<f32, (C, N)>) -> f32 {
    a.stack(b, Axis::<0>).sum()
}

fn main() {}
