use shapewright::Dim;
use shapewright::nn::Linear;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off(x: Linear<Sub, Dim<2>>) -> Linear<Super, Dim<2>> {
    x
}

fn main() {}
