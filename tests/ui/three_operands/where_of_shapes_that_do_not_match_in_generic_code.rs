use shapewright::prelude::*;
use shapewright::{Length, Tensor};

fn choose<N: Length, C: Length>(
    positive: &Tensor<bool, (N, C)>,
    yes: &Tensor<f32, (N,)>,
    no: &Tensor<f32, (C,)>,
) -> Tensor<f32, (N, C)> {
    positive.where_(yes, no).to_tensor()
}

fn main() {}
