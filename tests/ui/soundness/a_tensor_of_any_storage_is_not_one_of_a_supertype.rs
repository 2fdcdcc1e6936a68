use shapewright::{Storage, Tensor};
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off<'a, B: Storage>(x: &'a Tensor<f32, (Sub,), B>) -> &'a Tensor<f32, (Super,), B> {
    x
}

fn main() {}
