use shapewright::nn::mse;
use shapewright::prelude::*;
use shapewright::{One, Tensor};

fn loss<N: Length>(predictions: &Tensor<f32, (N,)>, targets: &Tensor<f32, (N, One)>) -> f32 {
    mse(predictions, targets)
}

fn main() {}
