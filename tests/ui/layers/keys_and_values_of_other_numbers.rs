use shapewright::nn::{Causal, attention};
use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn attend(
    q: &Tensor<f32, shape![8, 128, 64]>,
    k: &Tensor<f32, shape![8, 100, 64]>,
    v: &Tensor<f32, shape![8, 101, 64]>,
) -> f32 {
    attention(q, k, v, Causal).sum()
}

fn main() {}
