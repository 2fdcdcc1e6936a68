use shapewright::prelude::*;
use shapewright::{Tensor, dim};

dim!(Batch = 32, Features = 256, Classes = 10);

fn mean(x: &Tensor<f32, (Batch, Features)>) -> f32 {
    x.mean_axis((Batch, Classes)).sum()
}

fn main() {}
