//! A length of run time cannot be renamed to a number: it may be another.

use shapewright::{Tensor, dim, shape};

dim!(Batch);

fn fixed(x: Tensor<f32, shape![?Batch, 3]>) -> Tensor<f32, shape![32, 3]> {
    x.rename()
}

fn main() {}
