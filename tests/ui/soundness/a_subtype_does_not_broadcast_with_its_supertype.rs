use shapewright::Tensor;
use shapewright::prelude::*;
use shapewright_tests::subtypes::{Sub, Super};

fn sum(x: &Tensor<f32, (Sub,)>, y: &Tensor<f32, (Super,)>) -> f32 {
    (x + y).sum()
}

fn main() {}
