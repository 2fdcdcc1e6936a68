//! An inline array has static lengths.

use shapewright::{Array, dim, shape};

dim!(Batch);

fn named(x: Array<f32, shape![2, 3]>) -> Array<f32, shape![?Batch, 3]> {
    x.rename()
}

fn main() {}
