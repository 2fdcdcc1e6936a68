use shapewright::nn::Linear;
use shapewright::prelude::*;
use shapewright::{Dim, Tensor, shape};

fn classify(linear: &Linear<Dim<784>, Dim<10>>, images: &Tensor<f32, shape![32, 28, 28]>) -> f32 {
    linear.forward(images).sum()
}

fn main() {}
