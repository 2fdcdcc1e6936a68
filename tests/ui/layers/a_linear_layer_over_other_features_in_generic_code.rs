use shapewright::Tensor;
use shapewright::nn::Linear;
use shapewright::prelude::*;

fn classify<N: Length, C: Length, D: Length>(linear: &Linear<C, D>, x: &Tensor<f32, (N, D)>) -> f32 {
    linear.forward(x).sum()
}

fn main() {}
