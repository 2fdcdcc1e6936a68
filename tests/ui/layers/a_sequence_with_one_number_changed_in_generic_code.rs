use shapewright::nn::{Linear, Relu, Sequential};
use shapewright::prelude::*;
use shapewright::{Dim, Tensor};

type Net<C> = Sequential<(Linear<C, Dim<128>>, Relu, Linear<Dim<64>, C>)>;

fn classify<N: Length, C: Length>(net: &Net<C>, x: Tensor<f32, (N, C)>) -> f32 {
    net.forward(x).sum()
}

fn main() {}
