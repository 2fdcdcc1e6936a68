use shapewright::Tensor;
use shapewright::nn::attention;
use shapewright::prelude::*;

fn attend<B: Length, T: Length, S: Length, D: Length>(
    q: &Tensor<f32, (B, T, D)>,
    k: &Tensor<f32, (B, S, D)>,
    mask: &Tensor<bool, (S, T)>,
) -> f32 {
    attention(q, k, k, mask).sum()
}

fn main() {}
