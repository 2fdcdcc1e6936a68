use shapewright::iter::AxisChunksMut;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off<'a>(x: AxisChunksMut<'a, f32, (Sub,), (Sub,)>) -> AxisChunksMut<'a, f32, (Super,), (Super,)> {
    x
}

fn main() {}
