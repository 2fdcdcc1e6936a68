use shapewright::Dim;
use shapewright::nn::Conv2d;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off(x: Conv2d<Sub, Dim<2>, 3>) -> Conv2d<Super, Dim<2>, 3> {
    x
}

fn main() {}
