use shapewright::nn::{Linear, Relu, Sequential};
use shapewright::prelude::*;
use shapewright::{Dim, Tensor, shape};

type Net =
    Sequential<(Linear<Dim<784>, Dim<128>>, Relu, Linear<Dim<64>, Dim<32>>, Relu, Linear<Dim<32>, Dim<10>>)>;

fn classify(net: &Net, x: Tensor<f32, shape![32, 784]>) -> f32 {
    net.forward(x).sum()
}

fn main() {}
