use shapewright::node::Concat;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off<A, B>(x: Concat<A, B, (Sub,)>) -> Concat<A, B, (Super,)> {
    x
}

fn main() {}
