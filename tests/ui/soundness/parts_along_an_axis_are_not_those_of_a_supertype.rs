use shapewright::iter::AxisIter;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off<'a>(x: AxisIter<'a, f32, (Sub,)>) -> AxisIter<'a, f32, (Super,)> {
    x
}

fn main() {}
