use shapewright::nn::RmsNorm;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off(x: RmsNorm<Sub>) -> RmsNorm<Super> {
    x
}

fn main() {}
