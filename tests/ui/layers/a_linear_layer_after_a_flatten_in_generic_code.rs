use shapewright::nn::Linear;
use shapewright::prelude::*;
use shapewright::{Dim, Tensor};

fn classify<N: Length, C: Length>(
    linear: &Linear<Dim<3135>, C>,
    images: &Tensor<f32, (N, Dim<16>, Dim<14>, Dim<14>)>,
) -> f32 {
    linear.forward(images.flatten_from(Axis::<1>)).sum()
}

fn main() {}
