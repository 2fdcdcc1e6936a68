use shapewright::nn::{Linear, Relu, Sequential};
use shapewright::prelude::*;
use shapewright::{Tensor, shape};

dim!(Batch, Pixels = 784, Hidden = 128, Digits = 10);

type Net = Sequential<(Linear<Pixels, Hidden>, Relu, Linear<Digits, Hidden>)>;

fn classify(net: &Net, x: Tensor<f32, shape![?Batch, Pixels]>) -> f32 {
    net.forward(x).sum()
}

fn main() {}
