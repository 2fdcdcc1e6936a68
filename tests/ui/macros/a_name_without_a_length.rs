use shapewright::prelude::*;
use shapewright::{Tensor, dim};

dim!(pub Batch);

fn mean(x: &Tensor<f32, (Batch,)>) -> f32 {
    x.mean()
}

fn main() {}
