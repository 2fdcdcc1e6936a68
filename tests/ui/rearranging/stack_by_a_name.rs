use shapewright::prelude::*;
use shapewright::{Tensor, dim, shape, stack};

dim!(pub Pair = 2);

fn stacked(a: &Tensor<f32, shape![3]>, b: &Tensor<f32, shape![3]>) -> f32 {
    stack([a, b], Pair).sum()
}

fn main() {}
