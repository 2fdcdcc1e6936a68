use shapewright::Tensor;
use shapewright::nn::{NoMask, attention};
use shapewright::prelude::*;

fn attend<B: Length, T: Length, D: Length, E: Length>(
    q: &Tensor<f32, (B, T, D)>,
    k: &Tensor<f32, (B, T, E)>,
) -> f32 {
    attention(q, k, k, NoMask).sum()
}

fn main() {}
