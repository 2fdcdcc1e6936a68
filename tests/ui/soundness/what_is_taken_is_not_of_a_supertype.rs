use shapewright::node::Take;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off<E, K>(x: Take<E, K, (Sub,)>) -> Take<E, K, (Super,)> {
    x
}

fn main() {}
