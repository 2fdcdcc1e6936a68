use shapewright::Dim;
use shapewright::nn::Embedding;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off(x: Embedding<Sub, Dim<2>>) -> Embedding<Super, Dim<2>> {
    x
}

fn main() {}
