use shapewright::nn::{Layer, Linear, Sequential};
use shapewright::prelude::*;
use shapewright::{Dim, Tensor, shape};

struct Double;
impl<N: Length> Layer<(N, Dim<10>)> for Double {
    type Output = (N, Dim<10>);
    fn forward(&self, x: Tensor<f32, (N, Dim<10>)>) -> Tensor<f32, (N, Dim<10>)> {
        (x * 2.0).to_tensor()
    }
}

fn classify(net: &Sequential<(Linear<Dim<784>, Dim<20>>, Double)>, x: Tensor<f32, shape![32, 784]>) -> f32 {
    net.forward(x).sum()
}

fn main() {}
