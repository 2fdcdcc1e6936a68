use shapewright::nn::{MaxPool2d, Sequential};
use shapewright::prelude::*;
use shapewright::{Tensor, shape};

type Net = Sequential<(MaxPool2d<2>, MaxPool2d<2>, MaxPool2d<4>)>;

fn features(net: &Net, images: Tensor<f32, shape![8, 3, 14, 14]>) -> f32 {
    net.forward(images).sum()
}

fn main() {}
