use shapewright::prelude::*;
use shapewright::{Tensor, dim};

dim!(Batch = 1000, Features = 1000);

fn center(
    x: &Tensor<f32, (Batch, Features)>,
    mean: &Tensor<f32, (Batch,)>,
) -> Tensor<f32, (Batch, Features)> {
    (x - mean).to_tensor()
}

fn main() {}
