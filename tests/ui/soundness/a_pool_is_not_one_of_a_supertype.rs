use shapewright::node::Pooled;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off<F, E>(x: Pooled<F, E, (Sub,)>) -> Pooled<F, E, (Super,)> {
    x
}

fn main() {}
