use shapewright::prelude::*;
use shapewright::{One, Tensor, dim};

dim!(Batch = 32);

fn row(x: &Tensor<f32, (Batch, One)>) -> Tensor<f32, (One,)> {
    x.squeeze(Batch).to_tensor()
}

fn main() {}
