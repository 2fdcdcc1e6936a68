//! A length that is known at run time is not a number.

use shapewright::{Tensor, dim, shape};

dim!(Batch);

fn add(x: &Tensor<f32, shape![?Batch, 3]>, y: &Tensor<f32, shape![32, 3]>) {
    let _ = x + y;
}

fn main() {}
