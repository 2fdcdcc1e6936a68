use shapewright::nn::{Linear, Sequential};
use shapewright::{Dim, Tensor};
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off(net: &Sequential<(Linear<Dim<2>, Sub>, Linear<Super, Dim<2>>)>, x: Tensor<f32, (Dim<2>,)>) {
    let _ = net.forward(x);
}

fn main() {}
