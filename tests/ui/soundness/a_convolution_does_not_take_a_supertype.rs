use shapewright::nn::Conv2d;
use shapewright::prelude::*;
use shapewright::{Dim, Tensor};
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off(conv: &Conv2d<Sub, Dim<2>, 3>, x: &Tensor<f32, (Dim<2>, Super, Dim<8>, Dim<8>)>) {
    let _ = conv.forward(x).sum();
}

fn main() {}
