use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn dot(a: &Tensor<f32, shape![50257]>, b: &Tensor<f32, shape![3]>) -> f32 {
    a.matmul(b).sum()
}

fn main() {}
