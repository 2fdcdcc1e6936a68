use shapewright::prelude::*;
use shapewright::{Tensor, shape, stack};

fn stacked(x: &Tensor<f32, shape![2, 2, 2, 2, 2, 2, 2, 2]>) -> f32 {
    stack([x, x, x], Axis::<0>).sum()
}

fn main() {}
