use shapewright::Tensor;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off(x: Tensor<f32, (Sub,)>) -> Tensor<f32, (Super,)> {
    x
}

fn main() {}
