use shapewright::nn::attention;
use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn attend(q: &Tensor<f32, shape![8, 128, 64]>, mask: &Tensor<f64, shape![128, 128]>) -> f32 {
    attention(q, q, q, mask).sum()
}

fn main() {}
