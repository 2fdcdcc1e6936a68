use shapewright::prelude::*;
use shapewright::{Length, Tensor, dim};

dim!(Batch = 1000);

fn mean<N: Length, C: Length>(x: &Tensor<f32, (N, C)>) -> Tensor<f32, (C,)> {
    x.mean_axis(Batch).to_tensor()
}

fn main() {}
