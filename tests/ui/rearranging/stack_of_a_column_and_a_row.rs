use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn stacked(a: &Tensor<f32, shape![3, 1]>, b: &Tensor<f32, shape![3, 4]>) -> f32 {
    a.stack(b, Axis::<-1>).sum()
}

fn main() {}
