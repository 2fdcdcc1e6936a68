use shapewright::prelude::*;
use shapewright::{Extent, Tensor};

fn sum<N: Extent>(x: &Tensor<f32, (N,)>, y: &Tensor<f32, (N,)>) -> Tensor<f32, (N,)> {
    (x + y).to_tensor()
}

fn main() {}
