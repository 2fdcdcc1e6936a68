//! An inline array of a length that is known at run time.

use shapewright::prelude::*;
use shapewright::{Tensor, dim, shape};

dim!(Batch);

fn copy(x: &Tensor<f32, shape![?Batch, 3]>) {
    let _ = x.to_array();
}

fn main() {}
