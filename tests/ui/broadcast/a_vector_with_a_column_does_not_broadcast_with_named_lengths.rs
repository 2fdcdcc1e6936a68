use shapewright::prelude::*;
use shapewright::{Tensor, dim, shape};

dim!(Samples = 1000);

fn error(predicted: &Tensor<f32, (Samples,)>, target: &Tensor<f32, shape![Samples, 1]>) -> f32 {
    (predicted - target).square().mean()
}

fn main() {}
