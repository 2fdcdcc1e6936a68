use shapewright::iter::LanesMut;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off<'a>(x: LanesMut<'a, f32, Sub>) -> LanesMut<'a, f32, Super> {
    x
}

fn main() {}
