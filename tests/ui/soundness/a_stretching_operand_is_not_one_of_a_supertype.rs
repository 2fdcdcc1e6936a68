use shapewright::Stretch;
use shapewright::node::Reshaped;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off<E>(x: Stretch<Reshaped<E, (Sub,)>>) -> Stretch<Reshaped<E, (Super,)>> {
    x
}

fn main() {}
