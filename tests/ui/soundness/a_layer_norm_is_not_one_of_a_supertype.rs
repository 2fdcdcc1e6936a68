use shapewright::nn::LayerNorm;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off(x: LayerNorm<Sub>) -> LayerNorm<Super> {
    x
}

fn main() {}
