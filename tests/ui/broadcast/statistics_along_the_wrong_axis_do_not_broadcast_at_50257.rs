use shapewright::prelude::*;
use shapewright::{Tensor, dim};

dim!(Token = 50257, NextToken = 50257);

fn center(
    counts: &Tensor<f32, (Token, NextToken)>,
    mean: &Tensor<f32, (Token,)>,
) -> Tensor<f32, (Token, NextToken)> {
    (counts - mean).to_tensor()
}

fn main() {}
