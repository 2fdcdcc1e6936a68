use shapewright::prelude::*;
use shapewright::{Tensor, dim};

dim!(Batch = 32, Features = 256, Classes = 10);

fn mean(x: &Tensor<f32, (Batch, Features)>) -> Tensor<f32, (Batch,)> {
    x.mean_axis(Classes).to_tensor()
}

fn main() {}
