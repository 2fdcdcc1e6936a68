use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn double(x: &Tensor<f32, shape![3]>) -> f32 {
    let mut doubled = x * 2.0;
    doubled += x;
    doubled.sum()
}

fn main() {}
