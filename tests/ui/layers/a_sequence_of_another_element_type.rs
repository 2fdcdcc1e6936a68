use shapewright::nn::{Linear, Relu, Sequential};
use shapewright::prelude::*;
use shapewright::{Dim, Tensor, shape};

type Net = Sequential<(Linear<Dim<784>, Dim<128>>, Relu, Linear<Dim<128>, Dim<10>>)>;

fn classify(net: &Net, x: Tensor<f64, shape![32, 784]>) -> f64 {
    net.forward(x).sum()
}

fn main() {}
