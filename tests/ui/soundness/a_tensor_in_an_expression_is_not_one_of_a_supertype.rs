use shapewright::Tensor;
use shapewright::node::Owned;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off(x: Owned<Tensor<f32, (Sub,)>>) -> Owned<Tensor<f32, (Super,)>> {
    x
}

fn main() {}
