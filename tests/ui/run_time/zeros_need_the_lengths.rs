//! Zeros of a length that is not given.

use shapewright::{Tensor, dim, shape};

dim!(Batch);

fn make() -> Tensor<f32, shape![?Batch, 3]> {
    Tensor::zeros()
}

fn main() {}
