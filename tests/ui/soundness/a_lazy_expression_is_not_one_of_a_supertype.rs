use shapewright::Lazy;
use shapewright::node::Reshaped;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off<E>(x: Lazy<Reshaped<E, (Sub,)>>) -> Lazy<Reshaped<E, (Super,)>> {
    x
}

fn main() {}
