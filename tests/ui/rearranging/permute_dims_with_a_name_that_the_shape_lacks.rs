use shapewright::prelude::*;
use shapewright::{Tensor, dim};

dim!(Batch = 32, Features = 256, Classes = 10);

fn transposed(x: &Tensor<f32, (Batch, Features)>) -> Tensor<f32, (Features, Batch)> {
    x.permute_dims((Features, Classes)).to_tensor()
}

fn main() {}
