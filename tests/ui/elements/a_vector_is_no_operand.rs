use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn add(x: &Tensor<f32, shape![3]>, y: &Vec<f32>) -> Tensor<f32, shape![3]> {
    (x + y).to_tensor()
}

fn main() {}
