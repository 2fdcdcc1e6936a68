use shapewright::Tensor;
use shapewright::nn::RmsNorm;
use shapewright::prelude::*;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off(norm: &RmsNorm<Sub>, x: &Tensor<f32, (Super,)>) {
    let _ = norm.forward(x).sum();
}

fn main() {}
