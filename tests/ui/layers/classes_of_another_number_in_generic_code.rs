use shapewright::Tensor;
use shapewright::nn::cross_entropy;
use shapewright::prelude::*;

fn loss<N: Length, C: Length>(logits: &Tensor<f32, (N, C)>, classes: &Tensor<i64, (C,)>) -> f32 {
    cross_entropy(logits, classes).unwrap()
}

fn main() {}
