use shapewright::node::Convolved;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off<E, W, B>(x: Convolved<E, W, B, (Sub,)>) -> Convolved<E, W, B, (Super,)> {
    x
}

fn main() {}
