use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn total(x: &Tensor<f32, shape![3]>) -> f64 {
    x.sum()
}

fn main() {}
