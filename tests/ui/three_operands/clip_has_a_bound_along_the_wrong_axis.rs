use shapewright::prelude::*;
use shapewright::{Tensor, dim};

dim!(Batch = 256, Features = 256);

fn clipped(
    x: &Tensor<f32, (Batch, Features)>,
    low: &Tensor<f32, (Batch,)>,
    high: &Tensor<f32, (Features,)>,
) -> Tensor<f32, (Batch, Features)> {
    x.clip(low, high).to_tensor()
}

fn main() {}
