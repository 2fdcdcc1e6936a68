use shapewright::prelude::*;
use shapewright::{Tensor, dim};

dim!(Batch = 8, Channels = 3, Height = 32, Width = 32);

fn scaled(
    images: &Tensor<f32, (Batch, Channels, Height, Width)>,
    scale: &Tensor<f32, (Channels,)>,
) -> Tensor<f32, (Batch, Channels, Height, Width)> {
    (images * scale).to_tensor()
}

fn main() {}
