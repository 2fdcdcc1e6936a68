use shapewright::{Tensor, prelude::*};

fn element(x: &Tensor<f32, shape![1000]>, i: i32) -> f32 {
    x[i]
}

fn main() {}
