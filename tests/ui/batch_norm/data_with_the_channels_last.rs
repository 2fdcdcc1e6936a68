use shapewright::nn::BatchNorm;
use shapewright::prelude::*;
use shapewright::{Tensor, dim};

dim!(Batch = 8, Channels = 3, Height = 32, Width = 32);

fn normalise(
    norm: &BatchNorm<Channels>,
    images: &Tensor<f32, (Batch, Height, Width, Channels)>,
) -> Tensor<f32, (Batch, Height, Width, Channels)> {
    norm.forward(images).to_tensor()
}

fn main() {}
