use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn distances(a: &Tensor<f32, shape![1000]>, b: &Tensor<f32, shape![3]>) -> f32 {
    (a.stretch() - b).abs().sum()
}

fn main() {}
