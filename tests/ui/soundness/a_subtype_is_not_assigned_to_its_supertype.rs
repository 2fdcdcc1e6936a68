use shapewright::Tensor;
use shapewright_tests::subtypes::{Sub, Super};

fn assign(x: &Tensor<f32, (Sub,)>, y: &mut Tensor<f32, (Super,)>) {
    y.assign(x);
}

fn main() {}
