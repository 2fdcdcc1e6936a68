use shapewright::Tensor;
use shapewright::nn::Conv2d;
use shapewright::prelude::*;

fn features<C: Length, H: Length, W: Length>(
    conv: &Conv2d<C, C, 3, 1, 1>,
    image: &Tensor<f32, (C, H, W)>,
) -> f32 {
    conv.forward(image).sum()
}

fn main() {}
