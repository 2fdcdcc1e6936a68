use shapewright::nn::mse;
use shapewright::{Tensor, shape};

fn loss(predictions: &Tensor<f32, shape![1000]>, targets: &Tensor<f32, shape![1000, 1]>) -> f32 {
    mse(predictions, targets)
}

fn main() {}
