use shapewright::node::Softened;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off<F, E>(x: Softened<F, E, (Sub,)>) -> Softened<F, E, (Super,)> {
    x
}

fn main() {}
