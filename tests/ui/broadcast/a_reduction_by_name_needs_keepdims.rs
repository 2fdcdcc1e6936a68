use shapewright::prelude::*;
use shapewright::{Tensor, dim};

dim!(Batch = 256, Features = 256);

fn center(x: &Tensor<f32, (Batch, Features)>) -> Tensor<f32, (Batch, Features)> {
    (x - x.mean_axis(Features)).to_tensor()
}

fn main() {}
