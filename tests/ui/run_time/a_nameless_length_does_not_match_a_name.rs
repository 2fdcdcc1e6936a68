//! A length without a name is none of this name.

use shapewright::{Tensor, dim, shape};

dim!(Batch);

fn add(x: &Tensor<f32, shape![?Batch]>, y: &Tensor<f32, shape![?]>) {
    let _ = x + y;
}

fn main() {}
