use shapewright::TensorView;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off<'a>(x: TensorView<'a, f32, (Sub,)>) -> TensorView<'a, f32, (Super,)> {
    x
}

fn main() {}
