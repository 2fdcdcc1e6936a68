use shapewright::nn::Conv2d;
use shapewright::{Dim, Tensor, shape};

fn layer(
    weight: Tensor<f32, shape![16, 5, 5, 3]>,
    bias: Tensor<f32, shape![16]>,
) -> Conv2d<Dim<3>, Dim<16>, 5> {
    Conv2d::new(weight, bias)
}

fn main() {}
