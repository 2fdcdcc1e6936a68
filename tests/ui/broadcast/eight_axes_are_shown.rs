use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn add(
    x: &Tensor<f32, shape![2, 3, 4, 5, 6, 7, 8, 9]>,
    y: &Tensor<f32, shape![2, 3, 4, 5, 6, 7, 8, 50257]>,
) -> f32 {
    (x + y).sum()
}

fn main() {}
