use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn zeros(n: usize) -> f32 {
    Tensor::<f32, shape![{ n }]>::zeros().sum()
}

fn main() {}
