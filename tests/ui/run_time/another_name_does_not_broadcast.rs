//! Another name is another axis, whatever the lengths.

use shapewright::{Tensor, dim, shape};

dim!(Batch, Rows);

fn add(x: &Tensor<f32, shape![?Batch, 3]>, y: &Tensor<f32, shape![?Rows, 3]>) {
    let _ = x + y;
}

fn main() {}
