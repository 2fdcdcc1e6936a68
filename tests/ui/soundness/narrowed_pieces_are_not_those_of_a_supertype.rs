use shapewright::iter::AxisChunks;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off<'a>(x: AxisChunks<'a, f32, (Sub,), (Sub,)>) -> AxisChunks<'a, f32, (Sub,), (Super,)> {
    x
}

fn main() {}
