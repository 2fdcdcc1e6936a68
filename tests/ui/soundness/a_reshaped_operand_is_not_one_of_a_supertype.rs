use shapewright::node::Reshaped;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off<E>(x: Reshaped<E, (Sub,)>) -> Reshaped<E, (Super,)> {
    x
}

fn main() {}
