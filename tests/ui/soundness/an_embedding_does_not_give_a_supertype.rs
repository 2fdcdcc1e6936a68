use shapewright::Dim;
use shapewright::nn::Embedding;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off(x: Embedding<Dim<2>, Sub>) -> Embedding<Dim<2>, Super> {
    x
}

fn main() {}
