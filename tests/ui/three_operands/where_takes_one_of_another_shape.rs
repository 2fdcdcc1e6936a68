use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn choose(
    positive: &Tensor<bool, shape![1000, 256]>,
    yes: &Tensor<f32, shape![1000, 256]>,
    no: &Tensor<f32, shape![1000]>,
) -> Tensor<f32, shape![1000, 256]> {
    positive.where_(yes, no).to_tensor()
}

fn main() {}
