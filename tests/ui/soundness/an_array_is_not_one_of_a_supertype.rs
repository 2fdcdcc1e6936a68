use shapewright::Array;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off(x: Array<f32, (Sub,)>) -> Array<f32, (Super,)> {
    x
}

fn main() {}
