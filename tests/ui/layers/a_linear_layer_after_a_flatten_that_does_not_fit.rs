use shapewright::nn::Linear;
use shapewright::prelude::*;
use shapewright::{Dim, Tensor, shape};

fn classify(linear: &Linear<Dim<3135>, Dim<10>>, images: &Tensor<f32, shape![32, 16, 14, 14]>) -> f32 {
    linear.forward(images.flatten_from(Axis::<1>)).sum()
}

fn main() {}
