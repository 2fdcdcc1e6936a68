use shapewright::nn::attention;
use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn attend(
    q: &Tensor<f32, shape![8, 128, 64]>,
    k: &Tensor<f32, shape![8, 100, 64]>,
    mask: &Tensor<bool, shape![100, 128]>,
) -> f32 {
    attention(q, k, k, mask).sum()
}

fn main() {}
