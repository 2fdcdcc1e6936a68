use shapewright::nn::{Linear, Relu, Sequential};
use shapewright::prelude::*;
use shapewright::{Dim, Tensor, shape};

type Block = Sequential<(Linear<Dim<128>, Dim<128>>, Relu)>;
type Net = Sequential<(Linear<Dim<784>, Dim<64>>, Block)>;

fn classify(net: &Net, x: Tensor<f32, shape![32, 784]>) -> f32 {
    net.forward(x).sum()
}

fn main() {}
