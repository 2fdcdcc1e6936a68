use shapewright::Tensor;
use shapewright::nn::LayerNorm;
use shapewright::prelude::*;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off(norm: &LayerNorm<Sub>, x: &Tensor<f32, (Super,)>) {
    let _ = norm.forward(x).sum();
}

fn main() {}
