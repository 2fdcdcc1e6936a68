use shapewright::prelude::*;
use shapewright::{Tensor, shape, stack};

fn stacked(a: &Tensor<f32, shape![3]>, b: &Tensor<f32, shape![3]>, c: &Tensor<f32, shape![4]>) -> f32 {
    stack([a, b, c], Axis::<0>).sum()
}

fn main() {}
