use shapewright::prelude::*;
use shapewright::{Tensor, dim};

dim!(Batch = 256, Inputs = 256, Outputs = 256);

fn layer(
    x: &Tensor<f32, (Batch, Inputs)>,
    weights: &Tensor<f32, (Outputs, Inputs)>,
) -> Tensor<f32, (Batch, Outputs)> {
    x.matmul(weights).to_tensor()
}

fn main() {}
