use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn choose(
    valid: &Tensor<bool, shape![3]>,
    yes: &Tensor<f32, shape![3, 4]>,
    no: &Tensor<f32, shape![3, 4]>,
) -> Tensor<f32, shape![3, 4]> {
    valid.where_(yes, no).to_tensor()
}

fn main() {}
