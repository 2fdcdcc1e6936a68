use shapewright::prelude::*;
use shapewright::{Length, Tensor};

fn flat<N: Length, C: Length, All: Length>(x: &Tensor<f32, (N, C)>, all: All) -> Tensor<f32, (All,)> {
    x.reshape((all,)).to_tensor()
}

fn main() {}
