use shapewright::nn::BatchNorm;
use shapewright::{Tensor, dim};

dim!(Batch = 8, Channels = 3, Height = 32, Width = 32);

fn layer(images: &Tensor<f32, (Batch, Height, Width, Channels)>) -> BatchNorm<Channels> {
    BatchNorm::of(images, 1e-5)
}

fn main() {}
