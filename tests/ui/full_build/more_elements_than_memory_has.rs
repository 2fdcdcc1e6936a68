use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn zeros() -> f32 {
    Tensor::<f32, shape![4294967296, 4294967296]>::zeros().sum()
}

fn main() {
    zeros();
}
