use shapewright::Tensor;
use shapewright::nn::Conv2d;
use shapewright::prelude::*;

fn features<N: Length, C: Length, D: Length, H: Length, W: Length>(
    conv: &Conv2d<C, D, 3, 1, 1>,
    images: &Tensor<f32, (N, D, H, W)>,
) -> f32 {
    conv.forward(images).sum()
}

fn main() {}
