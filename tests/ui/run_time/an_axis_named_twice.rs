//! An axis is named twice.

use shapewright::prelude::*;
use shapewright::{Tensor, dim, shape};

dim!(Batch);

fn mean(x: &Tensor<f32, shape![?Batch, 3]>) {
    let _ = x.mean_axis((Batch, Axis::<0>));
}

fn main() {}
