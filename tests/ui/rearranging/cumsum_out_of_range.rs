use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn sums(x: &Tensor<f32, shape![3, 4]>) -> f32 {
    x.cumsum(Axis::<2>).sum()
}

fn main() {}
