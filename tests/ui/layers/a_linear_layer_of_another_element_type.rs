use shapewright::nn::Linear;
use shapewright::prelude::*;
use shapewright::{Dim, Tensor, shape};

fn classify(linear: &Linear<Dim<784>, Dim<10>>, x: &Tensor<f64, shape![32, 784]>) -> f32 {
    linear.forward(x).sum()
}

fn main() {}
