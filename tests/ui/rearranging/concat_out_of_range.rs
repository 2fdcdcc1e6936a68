use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn joined(a: &Tensor<f32, shape![3, 4]>, b: &Tensor<f32, shape![2, 4]>) -> f32 {
    a.concat(b, Axis::<2>).sum()
}

fn main() {}
