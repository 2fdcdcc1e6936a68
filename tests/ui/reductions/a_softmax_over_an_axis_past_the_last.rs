use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn shares(scores: &Tensor<f32, shape![1000, 10]>) -> Tensor<f32, shape![1000, 10]> {
    scores.softmax(Axis::<2>).to_tensor()
}

fn main() {}
