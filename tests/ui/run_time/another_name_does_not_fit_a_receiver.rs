//! What is assigned has another name.

use shapewright::{Tensor, dim, shape};

dim!(Batch, Rows);

fn set(x: &mut Tensor<f32, shape![?Batch, 3]>, y: &Tensor<f32, shape![?Rows, 3]>) {
    x.assign(y);
}

fn main() {}
