//! A rename changes no number of axes.

use shapewright::{Tensor, dim, shape};

dim!(Batch);

fn flat(x: Tensor<f32, shape![?Batch, 3]>) -> Tensor<f32, shape![?]> {
    x.rename()
}

fn main() {}
