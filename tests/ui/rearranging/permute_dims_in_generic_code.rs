use shapewright::prelude::*;
use shapewright::{Length, Tensor};

fn transposed<N: Length, C: Length>(x: &Tensor<f32, (N, C)>) -> Tensor<f32, (C, N)> {
    x.permute_dims((Axis::<0>, Axis::<0>)).to_tensor()
}

fn main() {}
