//! A rename changes no length.

use shapewright::{Tensor, dim, shape};

dim!(Batch);

fn other(x: Tensor<f32, shape![?Batch, 3]>) -> Tensor<f32, shape![?Batch, 4]> {
    x.rename()
}

fn main() {}
