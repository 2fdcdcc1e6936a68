use shapewright::prelude::*;
use shapewright::{StaticExtent, Tensor};
use shapewright_tests::subtypes::{Sub, Super};

fn sums(x: &Tensor<f32, (Sub,)>) -> f32 {
    x.sum_axis(<Super as StaticExtent>::VALUE).to_tensor().item()
}

fn main() {}
