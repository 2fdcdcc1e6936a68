use shapewright::prelude::*;
use shapewright::{Tensor, dim};

dim!(Batch = 256, Features = 256);

fn choose(
    positive: &Tensor<bool, (Batch, Features)>,
    yes: &Tensor<f32, (Batch, Features)>,
    no: &Tensor<f32, (Batch,)>,
) -> Tensor<f32, (Batch, Features)> {
    positive.where_(yes, no).to_tensor()
}

fn main() {}
