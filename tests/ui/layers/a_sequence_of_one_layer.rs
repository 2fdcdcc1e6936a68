use shapewright::nn::{Linear, Sequential};
use shapewright::prelude::*;
use shapewright::{Dim, Tensor, shape};

fn classify(linear: Linear<Dim<784>, Dim<10>>, x: Tensor<f32, shape![32, 784]>) -> f32 {
    Sequential(linear).forward(x).sum()
}

fn main() {}
