use shapewright::node::Ternary;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off<Op, A, B, C>(x: Ternary<Op, A, B, C, (Sub,)>) -> Ternary<Op, A, B, C, (Super,)> {
    x
}

fn main() {}
