//! The shape has no axis of this name.

use shapewright::prelude::*;
use shapewright::{Tensor, dim, shape};

dim!(Batch, Rows);

fn mean(x: &Tensor<f32, shape![?Batch, 3]>) {
    let _ = x.mean_axis(Rows);
}

fn main() {}
