use shapewright::nn::{Linear, Sequential};
use shapewright::prelude::*;
use shapewright::{Dim, Tensor, shape};

type Net = Sequential<(Linear<Dim<784>, Dim<128>>, [Linear<Dim<128>, Dim<64>>; 3])>;

fn deep(net: &Net, x: Tensor<f32, shape![32, 784]>) -> f32 {
    net.forward(x).sum()
}

fn main() {}
