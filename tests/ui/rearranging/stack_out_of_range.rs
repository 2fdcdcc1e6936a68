use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn stacked(a: &Tensor<f32, shape![2, 3]>, b: &Tensor<f32, shape![2, 3]>) -> f32 {
    a.stack(b, Axis::<3>).sum()
}

fn main() {}
