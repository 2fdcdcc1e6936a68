use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn flat(x: &Tensor<f32, shape![3, 4]>) -> f32 {
    x.reshape(shape![-1]).mean()
}

fn main() {}
