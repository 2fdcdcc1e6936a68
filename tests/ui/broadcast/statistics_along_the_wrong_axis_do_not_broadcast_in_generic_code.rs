use shapewright::prelude::*;
use shapewright::{Length, Tensor};

fn center<N: Length, C: Length>(x: &Tensor<f32, (N, C)>) -> Tensor<f32, (N, C)> {
    (x - x.mean_axis(Axis::<1>)).to_tensor()
}

fn main() {}
