use shapewright::prelude::*;
use shapewright::{Tensor, dim};

dim!(Batch = 1000, Classes = 10, Tokens = 50257);

fn predicted(scores: &Tensor<f32, (Batch, Classes)>) -> Tensor<usize, (Batch,)> {
    scores.argmax_axis(Tokens).to_tensor()
}

fn main() {}
