use shapewright::{Dim, Tensor};

fn one(_: &Tensor<f32, Dim<256>>) {}

fn main() {}
