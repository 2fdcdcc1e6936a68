use shapewright::prelude::*;
use shapewright::{Tensor, dim};

dim!(Batch = 2.5, Features<T> = 256, Classes =, Features = 10);

fn mean(x: &Tensor<f32, (Batch, Features)>, y: &Tensor<f32, (Classes,)>) -> f32 {
    x.mean() + y.mean()
}

fn main() {}
