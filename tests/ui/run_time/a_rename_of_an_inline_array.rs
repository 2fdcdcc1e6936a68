//! An inline array has the type of its shape.

use shapewright::{Array, dim, shape};

dim!(Rows = 2);

fn named(x: Array<f32, shape![2, 3]>) -> Array<f32, shape![Rows, 3]> {
    x.rename()
}

fn main() {}
