use shapewright::nn::mse;
use shapewright::prelude::*;
use shapewright::{Tensor, shape};

dim!(Batch);

fn loss(predictions: &Tensor<f32, shape![?Batch]>, targets: &Tensor<f32, shape![?Batch, 1]>) -> f32 {
    mse(predictions, targets)
}

fn main() {}
