//! Statistics of the batch, where those of the features are meant.

use shapewright::{Tensor, dim, shape};

dim!(Batch, Features = 256);

fn center(x: &Tensor<f32, shape![?Batch, Features]>, mean: &Tensor<f32, shape![?Batch]>) {
    let _ = x - mean;
}

fn main() {}
