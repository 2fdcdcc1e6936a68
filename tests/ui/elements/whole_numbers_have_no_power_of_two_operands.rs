use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn powers(counts: &Tensor<i32, shape![3]>) -> Tensor<i32, shape![3]> {
    counts.pow(2).to_tensor()
}

fn main() {}
