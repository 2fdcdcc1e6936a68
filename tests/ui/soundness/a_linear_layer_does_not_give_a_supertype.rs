use shapewright::Dim;
use shapewright::nn::Linear;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off(x: Linear<Dim<2>, Sub>) -> Linear<Dim<2>, Super> {
    x
}

fn main() {}
