use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn capped(x: &Tensor<f32, shape![3]>, cap: &Tensor<f64, shape![3]>) -> Tensor<f32, shape![3]> {
    x.minimum(cap).to_tensor()
}

fn main() {}
