use shapewright::nn::Linear;
use shapewright::{Dim, Tensor, shape};

fn layer(
    weight: Tensor<f32, shape![784, 128]>,
    bias: Tensor<f32, shape![128]>,
) -> Linear<Dim<784>, Dim<128>> {
    Linear::new(weight, bias)
}

fn main() {}
