use shapewright::node::Softmaxed;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off<F, E>(x: Softmaxed<F, E, (Sub,)>) -> Softmaxed<F, E, (Super,)> {
    x
}

fn main() {}
