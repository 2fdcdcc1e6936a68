use shapewright::nn::BatchNorm;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off(x: BatchNorm<Sub>) -> BatchNorm<Super> {
    x
}

fn main() {}
