use shapewright::prelude::*;
use shapewright::{One, Tensor, dim};

dim!(Batch = 32, Features = 256);

fn column(x: &Tensor<f32, (Batch,)>) -> Tensor<f32, (Batch, One)> {
    x.expand_dims(Features).to_tensor()
}

fn main() {}
