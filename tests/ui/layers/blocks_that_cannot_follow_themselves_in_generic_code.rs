use shapewright::Tensor;
use shapewright::nn::{Layer, Linear};
use shapewright::prelude::*;

fn deep<N: Length, C: Length, D: Length>(blocks: &[Linear<C, D>; 3], x: Tensor<f32, (N, C)>) -> f32 {
    blocks.forward(x).sum()
}

fn main() {}
