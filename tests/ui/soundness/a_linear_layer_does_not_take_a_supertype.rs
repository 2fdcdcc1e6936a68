use shapewright::nn::Linear;
use shapewright::prelude::*;
use shapewright::{Dim, Tensor};
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off(layer: &Linear<Sub, Dim<2>>, x: &Tensor<f32, (Super,)>) {
    let _ = layer.forward(x).sum();
}

fn main() {}
