use shapewright::{Tensor, prelude::*};

fn total(x: Tensor<f32, shape![1000, 256]>) -> f32 {
    let mut total = 0.0;
    for row in x {
        total += 1.0;
    }
    total
}

fn main() {}
