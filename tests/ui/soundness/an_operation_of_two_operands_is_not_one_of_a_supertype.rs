use shapewright::node::Zipped;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off<Op, A, B>(x: Zipped<(Sub,), f32, Op, A, B>) -> Zipped<(Super,), f32, Op, A, B> {
    x
}

fn main() {}
