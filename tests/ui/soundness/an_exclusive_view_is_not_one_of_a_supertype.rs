use shapewright::TensorViewMut;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off<'a>(x: TensorViewMut<'a, f32, (Sub,)>) -> TensorViewMut<'a, f32, (Super,)> {
    x
}

fn main() {}
