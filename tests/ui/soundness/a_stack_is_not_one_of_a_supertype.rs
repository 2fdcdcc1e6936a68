use shapewright::node::Stack;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off<P>(x: Stack<P, (Sub,)>) -> Stack<P, (Super,)> {
    x
}

fn main() {}
