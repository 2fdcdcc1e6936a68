use shapewright::node::Padded;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off<E, T>(x: Padded<E, T, (Sub,)>) -> Padded<E, T, (Super,)> {
    x
}

fn main() {}
