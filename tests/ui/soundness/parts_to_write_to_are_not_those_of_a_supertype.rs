use shapewright::iter::AxisIterMut;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off<'a>(x: AxisIterMut<'a, f32, (Sub,)>) -> AxisIterMut<'a, f32, (Super,)> {
    x
}

fn main() {}
