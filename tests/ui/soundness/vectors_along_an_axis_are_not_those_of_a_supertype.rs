use shapewright::iter::Lanes;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off<'a>(x: Lanes<'a, f32, Sub>) -> Lanes<'a, f32, Super> {
    x
}

fn main() {}
