use shapewright::prelude::*;
use shapewright::{Length, One, Tensor};

fn more<N: Length, C: Length>(x: &Tensor<f32, (N, C, One, One, One, One, One, One)>) -> f32 {
    x.expand_dims(Axis::<-1>).sum()
}

fn main() {}
