use shapewright::Dim;
use shapewright::nn::Conv1d;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off(x: Conv1d<Sub, Dim<2>, 3>) -> Conv1d<Super, Dim<2>, 3> {
    x
}

fn main() {}
