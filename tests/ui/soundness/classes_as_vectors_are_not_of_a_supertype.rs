use shapewright::node::OneHot;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off<T, K>(x: OneHot<T, K, (Sub,)>) -> OneHot<T, K, (Super,)> {
    x
}

fn main() {}
