use shapewright::prelude::*;
use shapewright::{Tensor, dim};

dim!(Samples = 1000, Features = 256);

fn center(
    x: &Tensor<f32, (Samples, Features)>,
    mean: &Tensor<f32, (Samples,)>,
) -> Tensor<f32, (Samples, Features)> {
    (x - mean).to_tensor()
}

fn main() {}
