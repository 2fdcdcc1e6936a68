use shapewright::Tensor;
use shapewright::nn::AvgPool2d;
use shapewright::prelude::*;

fn halved<N: Length, C: Length, H: Length, W: Length>(images: &Tensor<f32, (N, C, H, W)>) -> f32 {
    AvgPool2d::<2>.forward(images).sum()
}

fn main() {}
