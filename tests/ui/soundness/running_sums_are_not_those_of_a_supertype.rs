use shapewright::node::{Cumulated, Cumsum};
use shapewright::Tensor;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off(x: Cumulated<Cumsum, &Tensor<f32, (Sub,)>>) -> Cumulated<Cumsum, &Tensor<f32, (Super,)>> {
    x
}

fn main() {}
