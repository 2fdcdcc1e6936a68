use shapewright::Tensor;
use shapewright::node::Triangle;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off(x: Triangle<&Tensor<f32, (Sub, Sub)>>) -> Triangle<&Tensor<f32, (Sub, Super)>> {
    x
}

fn main() {}
