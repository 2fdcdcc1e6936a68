use shapewright::nn::Sequential;
use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn classify(x: Tensor<f32, shape![32, 784]>) -> f32 {
    Sequential(()).forward(x).sum()
}

fn main() {}
