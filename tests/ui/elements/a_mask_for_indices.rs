use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn rows(x: &Tensor<f32, shape![1000, 3]>, mask: &Tensor<bool, shape![1000]>) -> f32 {
    x.take(Axis::<0>, mask).sum()
}

fn main() {}
