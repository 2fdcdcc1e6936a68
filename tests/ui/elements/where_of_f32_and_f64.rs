use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn choose(
    positive: &Tensor<bool, shape![3]>,
    yes: &Tensor<f32, shape![3]>,
    no: &Tensor<f64, shape![3]>,
) -> Tensor<f32, shape![3]> {
    positive.where_(yes, no).to_tensor()
}

fn main() {}
