use shapewright::prelude::*;
use shapewright::{Length, Tensor};

fn centered<N: Length, C: Length>(x: &Tensor<f32, (N, C)>, mean: &Tensor<f32, (N,)>) {
    let _ = x - mean.along(x, Axis::<1>);
}

fn main() {}
