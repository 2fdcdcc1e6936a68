use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn accuracy(predicted: &Tensor<u32, shape![1000]>, labels: &Tensor<u32, shape![1000]>) -> f32 {
    predicted.equal(labels).mean()
}

fn main() {}
