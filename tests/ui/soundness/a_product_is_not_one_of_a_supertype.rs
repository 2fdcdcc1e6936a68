use shapewright::node::Product;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off<A, B>(x: Product<A, B, (Sub,)>) -> Product<A, B, (Super,)> {
    x
}

fn main() {}
