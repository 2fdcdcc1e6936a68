use shapewright::node::Standardized;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off<R, E>(x: Standardized<R, E, (Sub,)>) -> Standardized<R, E, (Super,)> {
    x
}

fn main() {}
