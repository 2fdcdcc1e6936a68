use shapewright::node::Rearranged;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off<R, E>(x: Rearranged<R, E, (Sub,)>) -> Rearranged<R, E, (Super,)> {
    x
}

fn main() {}
