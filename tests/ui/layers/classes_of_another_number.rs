use shapewright::nn::cross_entropy;
use shapewright::{Tensor, shape};

fn loss(logits: &Tensor<f32, shape![32, 10]>, classes: &Tensor<i64, shape![10]>) -> f32 {
    cross_entropy(logits, classes).unwrap()
}

fn main() {}
