use shapewright::prelude::*;
use shapewright::{Tensor, dim};

dim!(Batch = 32, Features = 256);

fn mean(x: &Tensor<f32, (Batch, Features)>) -> Tensor<f32, (Features,)> {
    x.mean_axis((Batch, Batch)).to_tensor()
}

fn main() {}
