use shapewright::node::Reduced;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off<R, E, S>(x: Reduced<R, E, S, (Sub,)>) -> Reduced<R, E, S, (Super,)> {
    x
}

fn main() {}
