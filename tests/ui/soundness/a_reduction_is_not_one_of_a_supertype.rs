use shapewright::node::Reduced;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off<R, E, K>(x: Reduced<R, E, (Sub,), K>) -> Reduced<R, E, (Super,), K> {
    x
}

fn main() {}
