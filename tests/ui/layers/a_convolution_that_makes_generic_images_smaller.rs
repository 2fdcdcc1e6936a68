use shapewright::nn::Conv2d;
use shapewright::prelude::*;
use shapewright::{Dim, Tensor};

fn features<N: Length, H: Length, W: Length>(
    conv: &Conv2d<Dim<3>, Dim<16>, 3>,
    images: &Tensor<f32, (N, Dim<3>, H, W)>,
) -> f32 {
    conv.forward(images).sum()
}

fn main() {}
