use shapewright::{Tensor, prelude::*};

fn total(x: &Tensor<i32, shape![1000]>) -> f32 {
    x.sum_as::<f32>()
}

fn main() {}
