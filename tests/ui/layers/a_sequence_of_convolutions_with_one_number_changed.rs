use shapewright::nn::{BatchNorm, Conv2d, Flatten, Linear, MaxPool2d, NoBias, Relu, Sequential};
use shapewright::prelude::*;
use shapewright::{Dim, Tensor, shape};

type Net = Sequential<(
    Conv2d<Dim<1>, Dim<16>, 3, 1, 1, 1, 1, NoBias>,
    BatchNorm<Dim<16>>,
    Relu,
    MaxPool2d<2>,
    Conv2d<Dim<16>, Dim<32>, 3, 1, 1, 1, 1, NoBias>,
    BatchNorm<Dim<16>>,
    Relu,
    MaxPool2d<2>,
    Flatten,
    Linear<Dim<1568>, Dim<10>>,
)>;

fn classify(net: &Net, images: Tensor<f32, shape![32, 1, 28, 28]>) -> f32 {
    net.forward(images).sum()
}

fn main() {}
