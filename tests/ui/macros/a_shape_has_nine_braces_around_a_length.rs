use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn mean(x: &Tensor<f32, shape![1000, {{{{{{{{{256}}}}}}}}}]>) -> f32 {
    x.mean()
}

fn main() {}
