use shapewright::prelude::*;
use shapewright::{Tensor, dim};

dim!(Batch = 3, Features = 3);

fn repeat(x: &Tensor<f32, (Batch,)>) -> Tensor<f32, (Batch, Features)> {
    x.broadcast_to((Batch, Features)).to_tensor()
}

fn main() {}
